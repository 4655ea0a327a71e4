import { EngineError } from './engine-error.ts'

/** Names the trouble behind what Node, initdb or PostgreSQL said about `path`. */
export function toEngineError(error: unknown, path: string): EngineError {
  if (error instanceof EngineError) return error
  const detail = error instanceof Error ? error.message : String(error)
  const options = { cause: error }
  if (/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|53100/.test(detail)) {
    return new EngineError('disk_full', { path }, options)
  }
  if (/could not look up effective user ID/.test(detail)) return new EngineError('user_unknown', { detail }, options)
  if (/could not (create|bind).*(socket|Unix address)|Unix-domain socket path/i.test(detail)) {
    return new EngineError('socket', { path, detail }, options)
  }
  if (/EACCES|EPERM|EROFS|Permission denied|Operation not permitted|Read-only file system/i.test(detail)) {
    return new EngineError('permission', { path, detail }, options)
  }
  return new EngineError('start_failed', { path, detail }, options)
}
