// Loaded into the process that the bootstrap starts: ends it, as if asked to, when the bootstrap was killed.
const CHECK_MS = 500
const parent = process.ppid

const check = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(check)
  process.kill(process.pid, 'SIGTERM')
}, CHECK_MS)
check.unref()
