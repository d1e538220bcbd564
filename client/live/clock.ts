/** Now on the server's clock (ms): the axis of all data and ages. */
export declare function serverNow(): number;
/** `serverNow()` as React state, renewed every so many ms while the page is seen. One timer for all. */
export declare function useNow(everyMs?: number): number;
