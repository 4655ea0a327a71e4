import { expect, test } from 'vitest'
import { EngineError } from './engine-error.ts'
import { toEngineError } from './engine-trouble.ts'

test.each([
  ['ENOSPC: no space left on device, write', 'disk_full'],
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'disk_full'],
  ['FATAL:  could not create lock file "postmaster.pid": Permission denied', 'permission'],
  ["EACCES: permission denied, mkdir '/srv/x'", 'permission'],
  ['EROFS: read-only file system', 'permission'],
  ['FATAL:  could not create any Unix-domain sockets', 'socket'],
  ['LOG:  could not bind Unix address "/x/.s.PGSQL.5432": Permission denied', 'socket'],
  ['initdb: could not look up effective user ID 12345: user does not exist', 'user_unknown'],
  ['FATAL:  could not load pg_hba.conf', 'start_failed'],
])('%s is %s', (detail, code) => {
  expect(toEngineError(new Error(detail), '/data')).toMatchObject({ code })
})

test('an EngineError stays what it is', () => {
  const error = new EngineError('unsupported_platform', { platform: 'plan9-x64' })
  expect(toEngineError(error, '/data')).toBe(error)
  expect(error.message).toContain('for plan9-x64')
})
