/** Stops what was to come. */
export type Cancel = () => void

/**
 * Runs `act` once the page has drawn what it has, in a task of its own: work handed on so is one slice a frame, whereas slices by a mere
 * timer pile up before a late frame and are laid out at once. A page nobody sees draws nothing and is not waited for.
 */
export function afterPaint(act: () => void): Cancel {
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame: number | undefined
  const soon = (): void => {
    timer = setTimeout(act, 0)
  }
  if (document.hidden) soon()
  else frame = requestAnimationFrame(soon)
  return () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
