import { hash, parseOptions, verify } from '@node-rs/argon2'
import { limitConcurrency } from './limit-concurrency.ts'
import { toPlainPassword } from './password-policy.ts'

/** Argon2id as the OWASP Password Storage sheet has it: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Each computation holds 19 MiB and a core. */
const MAX_AT_ONCE = 4

/** Of a random password nobody kept: what a try is compared with where there is no account. */
const DUMMY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$5hemuQkp0UzJlt/VH0eysA$fUTDsnL4esBdgn5puXKYIP1yV/6gVq0/d7ciWeUzCVY'

const limited = limitConcurrency(MAX_AT_ONCE)

/** PHC string with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(toPlainPassword(password), COST))
}

/**
 * `hash` null = there is no account, or none with a password: costs what a real comparison costs, and is false.
 * Throws for a hash that is none.
 */
export async function verifyPassword(hashed: string | null, password: string): Promise<boolean> {
  const isRight = await limited(() => verify(hashed ?? DUMMY_HASH, toPlainPassword(password)))
  return hashed !== null && isRight
}

/** True for a hash of another cost than today's: make it anew when the password is next at hand. */
export function isStaleHash(hashed: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(hashed)
  return memoryCost !== COST.memoryCost || timeCost !== COST.timeCost || parallelism !== COST.parallelism
}
