import type { NoteSigner } from '@zhidu/audit'
import type { DrawSigner } from '@zhidu/draw'
import { ServiceError } from '../service-error.ts'

/** Who signs certificates, and of which version the program is that draws. */
export interface DrawSeal {
  /** The installation's keys, those of the audit checkpoints. */
  readonly signers: readonly NoteSigner[]
  readonly version: string
}

/** The Ed25519 key of the installation. Throws ServiceError `conflict` where there is none. */
export function signerOf({ signers }: Pick<DrawSeal, 'signers'>): DrawSigner {
  const found = signers.find(({ key }) => key.algorithm === 'ed25519')
  if (found === undefined) throw new ServiceError('conflict', 'draw_no_key')
  return { key: found.key, sign: (text) => found.sign(text) }
}
