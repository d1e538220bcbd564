import { expect, test } from 'vitest';
import type { Bus, BusPublication } from './bus.ts';

const publication = (offset: number): BusPublication => ({
  channel: 'a',
  epoch: 'e',
  offset,
  time: 1,
  data: '1',
});

/** The promises of a bus, for every implementation. `open` gives two nodes' ends of one bus. */
export function busContract(name: string, open: () => Promise<[Bus, Bus]>): void {
  const next = <T>(listen: (done: (event: T) => void) => void): Promise<T> =>
    new Promise((resolve) => listen(resolve));

  test(`${name}: an event reaches every node, the one that published it included`, async () => {
    const [here, there] = await open();
    const event = { channel: 'pumps.north' };
    const heard = Promise.all([here, there].map((bus) => next((done) => bus.on('epochEnded', done))));
    here.publish('epochEnded', event);
    expect(await heard).toEqual([event, event]);
    await Promise.all([here.close(), there.close()]);
  });

  test(`${name} [ORD-1]: publications of one node arrive in the order in which it published them`, async () => {
    const [here, there] = await open();
    const heard: number[] = [];
    const all = next<void>((done) =>
      there.on('publications', (batch) => {
        heard.push(...batch.map((one) => one.offset));
        if (heard.length === 300) done();
      }),
    );
    for (let offset = 1; offset <= 300; offset += 3) {
      here.publish('publications', [publication(offset), publication(offset + 1), publication(offset + 2)]);
    }
    await all;
    expect(heard).toEqual(Array.from({ length: 300 }, (_, at) => at + 1));
    await Promise.all([here.close(), there.close()]);
  });

  test(`${name}: whoever stopped listening hears no more, and the others still do`, async () => {
    const [here, there] = await open();
    const heard: string[] = [];
    const stop = here.on('epochEnded', ({ channel }) => heard.push(channel));
    stop();
    const other = next((done) => here.on('epochEnded', done));
    here.publish('epochEnded', { channel: 'b' });
    await other;
    expect(heard).toEqual([]);
    await Promise.all([here.close(), there.close()]);
  });
}
