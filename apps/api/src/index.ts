export { isLoopback, type ListenAddress, listenAddress, ListenAddressError } from './listen-address.ts'
export { createLogger } from './logger.ts'
export { type RunningServer, serve } from './serve.ts'
