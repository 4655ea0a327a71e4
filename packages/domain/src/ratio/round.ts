/** To a whole number, halves up (−2.5 to −2); never −0, which tables would print. */
export function roundHalfUp(value: number): number {
  return Math.round(value) + 0
}
