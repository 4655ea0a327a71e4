import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'

/** What Node refuses before anybody else sees it, by the code of its error. */
const STATUS_OF: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/**
 * Gives every answer of the server these headers: also those that the application never comes to see, such as the refusal
 * of a request that is no HTTP, of too many headers, of a client that takes for ever.
 */
export function bearHeaders(server: Server, headers: Readonly<Record<string, string>>): void {
  const all = Object.entries({ ...headers, 'cache-control': 'no-store' })
  const bear = (response: ServerResponse): void => {
    for (const [name, value] of all) response.setHeader(name, value)
  }
  server.prependListener('request', (_, response) => bear(response))
  server.on('checkExpectation', (_, response: ServerResponse) => {
    bear(response)
    response.writeHead(417, { connection: 'close' }).end()
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const status = STATUS_OF[error.code ?? ''] ?? 400
    const lines = [...all, ['connection', 'close'], ['content-length', '0']].map(([name, value]) => `${name}: ${value}`)
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n`)
  })
}
