export interface Painter {
  /** Draws what is there now. @param now `performance.now()` of the frame */
  paint(now: number): void;
  /** Shortest time between two paints; 50 for tiles, 250 for numbers. Default 50. */
  minIntervalMs?: number;
  /** Not painted while this element is off screen. */
  element?: Element | null;
}
export interface PaintHandle {
  /** There is something new to draw. Cheap, may be called per message. */
  mark(): void;
  remove(): void;
}
export declare const frames: { add(painter: Painter): PaintHandle };
