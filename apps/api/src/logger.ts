import { type Logger, pino } from 'pino'

/** JSON lines on stderr, so that stdout stays for what was asked; `ZHIDU_LOG_LEVEL`, `warn` unless told. */
export function createLogger(level: string | undefined): Logger {
  return pino({ level: level ?? 'warn', base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
}
