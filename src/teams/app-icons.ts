import { png } from './png.ts';

type Colour = readonly [number, number, number, number];

const none: Colour = [0, 0, 0, 0];
const white: Colour = [255, 255, 255, 255];
const green: Colour = [0, 82, 73, 255];
/** A path of stones, from the lower left to the upper right, in a square of 1 × 1: middle and radius of each. */
const stones = [
  [0.22, 0.8, 0.11],
  [0.42, 0.66, 0.09],
  [0.36, 0.46, 0.075],
  [0.57, 0.37, 0.065],
  [0.72, 0.22, 0.05],
] as const;
/** Points looked at along each side of a pixel, for soft edges. */
const fine = 4;

/** Share of a pixel that stones cover; `x`, `y` and `size` are in pixels. */
function covered(x: number, y: number, size: number): number {
  let inside = 0;
  for (let i = 0; i < fine * fine; i++) {
    const [px, py] = [(x + ((i % fine) + 0.5) / fine) / size, (y + (Math.floor(i / fine) + 0.5) / fine) / size];
    if (stones.some(([cx, cy, r]) => (px - cx) ** 2 + (py - cy) ** 2 <= r ** 2)) inside++;
  }
  return inside / (fine * fine);
}

/** The icon as a PNG: in colour (Teams wants 192 pixels), or its outline, white on nothing (32 pixels). */
export function appIcon(size: number, kind: 'colour' | 'outline'): Buffer {
  const back = kind === 'colour' ? green : none;
  return png(size, size, (x, y) => {
    const share = covered(x, y, size);
    const mixed = kind === 'outline' ? white : back.map((one, i) => Math.round(one + (white[i]! - one) * share));
    return [mixed[0]!, mixed[1]!, mixed[2]!, kind === 'outline' ? Math.round(255 * share) : 255];
  });
}
