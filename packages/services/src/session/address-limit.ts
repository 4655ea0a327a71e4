/** A loose limit per address, against one machine that tries many names. Offices share addresses, so it is high. */
export interface AddressLimit {
  /** `now`: epoch ms. */
  isOver(address: string, now: number): boolean
  countFailure(address: string, now: number): void
}

const MAX_FAILURES = 300
const WINDOW_MS = 15 * 60_000
/** Addresses remembered; the ones that began longest ago are forgotten first. */
const MAX_ADDRESSES = 10_000

/** Kept in memory: a restart forgets it, and each name has its own guard in the database. */
export function createAddressLimit(): AddressLimit {
  const failures = new Map<string, { readonly since: number; readonly count: number }>()
  const countOf = (address: string, now: number): number => {
    const entry = failures.get(address)
    return entry === undefined || now >= entry.since + WINDOW_MS ? 0 : entry.count
  }
  return {
    isOver: (address, now) => countOf(address, now) >= MAX_FAILURES,
    countFailure: (address, now) => {
      const count = countOf(address, now)
      const since = count === 0 ? now : (failures.get(address)?.since ?? now)
      if (count === 0) failures.delete(address)
      failures.set(address, { since, count: count + 1 })
      const [oldest] = failures.keys()
      if (failures.size > MAX_ADDRESSES && oldest !== undefined) failures.delete(oldest)
    },
  }
}
