/**
 * What people write when a password must have twelve characters, in small letters and without signs between. Shorter
 * ones of the known lists are refused by their length already.
 */
const COMMON = new Set(
  `passwordpassword password1234 password12345 password123456 password2024 password2025 password2026
  passwort1234 passwort12345 passwortpasswort administrator administrator1 adminadminadmin adminpassword
  admin1234567 admin12345678 welcomewelcome welcome12345 welcome123456 letmeinletmein letmein12345
  changemechangeme changeme1234 changeme12345 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyqwerty
  qwertyuiopasdf qwertyuiopasdfghjkl qwerty123456 qwerty1234567 asdfghjklasdf asdfasdfasdf zxcvbnmzxcvbnm
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv abcdefghijkl
  abcdefghijklm abcdefghijklmnopqrstuvwxyz abcd12345678 abc123abc123 iloveyou1234 iloveyouiloveyou iloveyou12345
  123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 123123123123 012345678901
  0123456789012 098765432109 112233445566 121212121212 987654321098 9876543210123 correcthorsebatterystaple
  trustno1trustno1 monkeymonkey dragondragon footballfootball baseballbaseball sunshinesunshine
  princessprincess supersecretpassword supersecret123 secretsecret secretpassword mypassword123 mypassword1234
  thisismypassword thisisapassword testtesttest test12345678 testpassword testing12345 defaultpassword
  callboardcallboard callboard123 callboard1234 callboardpassword pa55wordpa55word p4sswordp4ssword
  computercomputer internetinternet master123456 letmeinplease hellohellohello hello1234567 blahblahblah`
    .trim()
    .split(/\s+/),
);

/** Whether a password is one that is tried first: a known one, one sign repeated, or the sign-in name again. */
export function isCommonPassword(password: string, login: string): boolean {
  const plain = password.toLowerCase().replace(/[\s._@!-]+/g, '');
  const name = login.toLowerCase().replace(/[\s._@+-]+/g, '');
  if (COMMON.has(plain)) return true;
  if (new Set(plain).size <= 2) return true;
  return name.length >= 3 && plain.replaceAll(name, '').replace(/\d/g, '').length < 3;
}
