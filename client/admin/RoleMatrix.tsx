import type { ReactNode } from 'react';
import { hasRole, type Person, roles } from '../../shared/domain/account.ts';
import styles from './RoleMatrix.module.css';
import { rights, roleWords } from './roles.ts';

/** What each role may do, in plain words. */
export function RoleMatrix({ people }: { people: readonly Person[] }): ReactNode {
  return (
    <section className={styles.section}>
      <header>
        <h2>What each role may do</h2>
        <span className="muted">Four fixed roles. Each may do all that the ones before it may.</span>
      </header>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {roles.map((role) => (
              <th key={role} scope="col">
                <b>
                  {roleWords[role].name}{' '}
                  <span className="faint num">{people.filter((person) => person.role === role).length}</span>
                </b>
                <small>{roleWords[role].does}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rights.map(({ act, needs }) => (
            <tr key={act}>
              <th scope="row">{act}</th>
              {roles.map((role) =>
                hasRole(role, needs) ? (
                  <td key={role} className={styles.may}>
                    <span>
                      <i />
                      yes
                    </span>
                  </td>
                ) : (
                  <td key={role} className={styles.not}>
                    no
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
