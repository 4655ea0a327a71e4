/** Bytes of a file that lie under one key, and the most that is sent at once. Part of what is stored: never another number. */
const CHUNK_BYTES = 262_144

/** Accounts and ids are never empty and hold no slash; a key of one account is never the beginning of another's. */
export interface Keys {
  draft(draftId?: string): string
  item(itemId?: string): string
  done(itemId?: string): string
  chunk(fileId: string, index?: number): string
  readonly chunkBytes: number
}

const DIGITS = 6

/** `chunkBytes`: tests use files of a few bytes. */
export function keysOf(account: string, chunkBytes = CHUNK_BYTES): Keys {
  if (account === '' || account.includes('/')) throw new RangeError('an account has a name without a slash')
  return {
    chunkBytes,
    draft: (id = '') => `draft/${account}/${id}`,
    item: (id = '') => `item/${account}/${id}`,
    done: (id = '') => `done/${account}/${id}`,
    chunk: (fileId, index) =>
      `chunk/${account}/${fileId}/${index === undefined ? '' : String(index).padStart(DIGITS, '0')}`,
  }
}

/** Of other accounts, whatever waits on this phone is counted and never read. */
export async function countForeign(
  list: (prefix: string) => Promise<readonly string[]>,
  account: string,
): Promise<number> {
  const keys = [...(await list('item/')), ...(await list('draft/'))]
  return keys.filter((key) => key.split('/')[1] !== account).length
}
