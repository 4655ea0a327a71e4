export interface ServerAddress {
  /** A host name, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

/** The form DATABASE_URL takes. */
export function toConnectionString(address: ServerAddress): string {
  const part = encodeURIComponent
  const login = `${part(address.user)}:${part(address.password)}`
  if (!address.host.startsWith('/')) {
    const host = address.host.includes(':') ? `[${address.host}]` : address.host
    return `postgresql://${login}@${host}:${address.port}/${part(address.database)}`
  }
  // The host of the query wins; the one before it is there because a URL must have one.
  return `postgresql://${login}@localhost/${part(address.database)}?host=${part(address.host)}&port=${address.port}`
}
