export { isLoopback, type ListenAddress } from './listen-address.ts'
export { createLogger, LOG_LEVELS, type LogLevel } from './logger.ts'
export { type RunningServer, serve, type TlsFiles } from './serve.ts'
