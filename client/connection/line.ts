import type { Environment, Socket } from './environment.ts';
import {
  type Effect,
  initialState,
  type LineEvent,
  type LineState,
  socketOf,
  step,
  wakeAt,
} from './state.ts';

/** What the line asks of those who live on it. */
export interface LineTenant {
  /** The socket is open: introduce yourself. */
  hello(): void;
  /** Welcomed: ask for every wanted channel. */
  resume(): void;
  /** Live: send what waited. */
  flush(): void;
  /** The socket is gone. */
  dropped(): void;
  /** A sign of life came: a frame, or the close of a socket that could still say so. */
  heard(): void;
  frame(data: unknown): void;
  changed(): void;
}

/** Runs the state machine: turns sockets and timers into its events, and carries out its effects. */
export class Line {
  readonly #env: Environment;
  readonly #tenant: LineTenant;
  #state: LineState = initialState;
  #socket: Socket | undefined;
  readonly #pending: LineEvent[] = [];
  #stepping = false;
  #cancelWake = (): void => {};

  constructor(env: Environment, tenant: LineTenant) {
    this.#env = env;
    this.#tenant = tenant;
  }

  get state(): LineState {
    return this.#state;
  }

  /** Effects may bring further events; those wait until the present one is done. */
  dispatch(event: LineEvent): void {
    this.#pending.push(event);
    if (this.#stepping) return;
    this.#stepping = true;
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) {
      const moment = { now: this.#env.now(), random: this.#env.random() };
      const [state, effects] = step(this.#state, next, moment);
      this.#state = state;
      for (const effect of effects) this.#try(effect);
    }
    this.#stepping = false;
    this.#armWake();
    this.#tenant.changed();
  }

  /** An event of the present socket, if there is one. */
  dispatchOf(make: (socket: number) => LineEvent): void {
    const socket = socketOf(this.#state.line);
    if (socket !== undefined) this.dispatch(make(socket));
  }

  /** Sends nothing while there is no socket. */
  send(text: string): void {
    this.#socket?.send(text);
  }

  /** The machine must go on whatever a tenant gets wrong. */
  #try(effect: Effect): void {
    try {
      this.#run(effect);
    } catch (problem) {
      this.#env.report(problem);
    }
  }

  #run(effect: Effect): void {
    switch (effect.type) {
      case 'open':
        this.#open(effect.socket);
        return;
      case 'drop':
        this.#socket?.close();
        this.#socket = undefined;
        this.#tenant.dropped();
        return;
      case 'hello':
        this.#tenant.hello();
        return;
      case 'resume':
        this.#tenant.resume();
        return;
      case 'flush':
        this.#tenant.flush();
        return;
      case 'diagnose':
        this.#diagnose(effect.socket);
    }
  }

  #open(socket: number): void {
    try {
      this.#socket = this.#env.openSocket({
        opened: () => this.dispatch({ type: 'opened', socket }),
        message: (data) => {
          if (socketOf(this.#state.line) !== socket) return;
          this.#tenant.heard();
          this.#tenant.frame(data);
        },
        closed: (code, reason) => {
          if (socketOf(this.#state.line) === socket) this.#tenant.heard();
          this.dispatch({ type: 'closed', socket, code, reason });
        },
      });
    } catch (problem) {
      // A page of another policy, or an address that is none: to the machine a socket that closed at once.
      this.#env.report(problem);
      this.dispatch({ type: 'closed', socket, code: 1006, reason: '' });
    }
  }

  #diagnose(socket: number): void {
    this.#env
      .diagnose()
      .then((finding) => this.dispatch({ type: 'diagnosed', socket, finding }))
      .catch((problem: unknown) => this.#env.report(problem));
  }

  #armWake(): void {
    this.#cancelWake();
    const at = wakeAt(this.#state);
    if (at === undefined) return;
    // Timers are whole milliseconds: rounded down, one could ring just before its time.
    const ms = Math.max(0, Math.ceil(at - this.#env.now()));
    this.#cancelWake = this.#env.after(ms, () => this.dispatch({ type: 'wake' }));
  }
}
