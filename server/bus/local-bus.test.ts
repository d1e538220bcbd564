import { busContract } from './bus.contract.ts';
import { LocalBus } from './local-bus.ts';

busContract('local bus', async () => {
  const bus = new LocalBus();
  return [bus, bus];
});
