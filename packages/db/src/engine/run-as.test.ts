import { expect, test } from 'vitest'
import { unprivilegedOf } from './run-as.ts'

test.each([
  ['root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/none', { uid: 65_534, gid: 65_534 }],
  ['root:*:0:0::/:/bin/sh\nnobody:*:-2:-2::/:/none', { uid: 4_294_967_294, gid: 4_294_967_294 }],
  ['root:x:0:0::/root:/bin/sh\nnobody:x:99:99::/:/none', { uid: 99, gid: 99 }],
  ['root:x:0:0::/root:/bin/sh\ndaemon:x:1:2::/:/none', { uid: 1, gid: 2 }],
  ['', { uid: 65_534, gid: 65_534 }],
])('root hands the engine to an unprivileged user that the system knows', (passwd, runAs) => {
  expect(unprivilegedOf(passwd)).toEqual(runAs)
})
