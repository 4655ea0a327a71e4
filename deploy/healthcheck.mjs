// Ends with 0 when the server in this container answers /readyz with 200.
import { get as getPlain } from 'node:http'
import { get as getSecure } from 'node:https'

const { PORT = '8443', ZHIDU_ORIGIN, ZHIDU_TLS_CERT } = process.env
const isSecure = ZHIDU_TLS_CERT !== undefined && ZHIDU_TLS_CERT !== ''
const request = {
  host: '127.0.0.1',
  port: Number(PORT),
  path: '/readyz',
  timeout: 4_000,
  // The server answers by the name it was told, and by no other.
  headers: ZHIDU_ORIGIN === undefined ? {} : { host: new URL(ZHIDU_ORIGIN).host },
}
const answered = ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)
// Only this machine is asked, and nothing is told: whose certificate it is does not matter here.
const asked = isSecure ? getSecure({ ...request, rejectUnauthorized: false }, answered) : getPlain(request, answered)
asked.on('timeout', () => asked.destroy(new Error('no answer')))
asked.on('error', () => process.exit(1))
