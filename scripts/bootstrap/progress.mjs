const QUIET_MS = 1_000
const TERMINAL_STEP_MS = 250
const LOG_STEP_MS = 10_000

/**
 * Shows on stderr what has been taking longer than a second: on a terminal one line with the seconds, rewritten in
 * place; elsewhere a plain line at once and another every ten seconds. stdout is never touched.
 * @template T
 * @param {string} label
 * @param {(note: (text: string) => void) => Promise<T>} work `note` adds a few words to the line, such as a count
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const { stderr } = process
  const startedAt = Date.now()
  let noted = ''
  let lastShownAt = 0
  let isShown = false

  function show() {
    const now = Date.now()
    if (now - startedAt < QUIET_MS) return
    if (!stderr.isTTY && isShown && now - lastShownAt < LOG_STEP_MS) return
    const seconds = Math.round((now - startedAt) / 1_000)
    const line = `${label} … ${noted}${noted && ' '}${seconds} s`
    stderr.write(stderr.isTTY ? `\r\u001B[K${line}` : `${line}\n`)
    isShown = true
    lastShownAt = now
  }

  const timer = setInterval(show, TERMINAL_STEP_MS)
  try {
    return await work((text) => {
      noted = text
    })
  } finally {
    clearInterval(timer)
    if (isShown && stderr.isTTY) stderr.write('\r\u001B[K')
    else if (isShown) stderr.write(`${label} … ${Math.round((Date.now() - startedAt) / 1_000)} s\n`)
  }
}
