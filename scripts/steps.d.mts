/** Builds client and server, unless the sources are those of the last build. */
export function build(): Promise<void>;
