import type { CommitDrawInput, DrawNumberInput, RevealDrawInput } from '@zhidu/contract'
import { computeCommitment } from '@zhidu/draw'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import type { DrawSeal } from './draw-signer.ts'
import { finishDraw } from './finish-draw.ts'
import { assertState, changeDraw, listOfficerSteps, type LoadedDraw } from './load-draw.ts'

export interface Commitment {
  readonly officer: string
  readonly commitment: string
}
interface Reveal {
  readonly officer: string
  readonly nonce: string
  readonly text: string
}

/** By which name an officer commits: two of one name are told apart. Null = has committed, or two others have. */
export function officerNameOf(
  { steps }: Pick<LoadedDraw, 'steps'>,
  who: { readonly id: string; readonly name: string },
): string | null {
  const given = listOfficerSteps<Commitment>(steps, 'committed')
  if (given.length >= 2 || given.some(({ byId }) => byId === who.id)) return null
  return given.some(({ officer }) => officer === who.name) ? `${who.name} 2` : who.name
}

function assertOfficers({ seed }: LoadedDraw): void {
  if (seed.kind !== 'officers') throw new ServiceError('conflict', 'draw_seed_public')
}

/** Hands in what the officer's secret hashes to; the secret itself is nowhere but with the officer. */
export function commitToDraw(ctx: ServiceContext, input: CommitDrawInput): Promise<void> {
  return changeDraw(ctx, input.drawId, 'draw.commit', async (draw) => {
    assertOfficers(draw)
    assertState(draw, 'declared')
    const officer = officerNameOf(draw, draw.office.author)
    if (officer === null) throw new ServiceError('conflict', 'draw_committed')
    // The commitment was made for that name; for another one it could never be laid open.
    if (officer !== input.officer) throw new ServiceError('conflict', 'draw_officer_named', { name: officer })
    const given = listOfficerSteps<Commitment>(draw.steps, 'committed')
    if (given.some(({ commitment }) => commitment === input.commitment)) {
      throw new ServiceError('invalid', 'draw_commitment_copied')
    }
    await draw.take('committed', JSON.stringify({ officer, commitment: input.commitment }))
    draw.note.detail = { commitment: input.commitment }
  })
}

/** Lays an officer's secret open; the second one draws. One that does not fit its commitment is refused and not kept. */
export function revealForDraw(ctx: ServiceContext, input: RevealDrawInput, seal: DrawSeal): Promise<void> {
  const { drawId, nonce, text } = input
  return changeDraw(ctx, drawId, 'draw.reveal', async (draw) => {
    assertOfficers(draw)
    assertState(draw, 'frozen')
    const { id } = draw.office.author
    const own = listOfficerSteps<Commitment>(draw.steps, 'committed').find(({ byId }) => byId === id)
    if (own === undefined) throw new ServiceError('forbidden', 'draw_not_officer')
    const before = listOfficerSteps<Reveal>(draw.steps, 'revealed')
    if (before.some(({ byId }) => byId === id)) throw new ServiceError('conflict', 'draw_revealed')
    const reveal: Reveal = { officer: own.officer, nonce, text }
    if (computeCommitment(reveal) !== own.commitment) throw new ServiceError('invalid', 'draw_reveal_wrong')
    await draw.take('revealed', JSON.stringify(reveal))
    const [first] = before
    if (first === undefined) return
    const { byId: _, ...other } = first
    await finishDraw(draw, { kind: 'officers', reveals: [other, reveal] }, seal)
  })
}

/** Draws by the number that was declared, once it is published; anybody can look it up. */
export function enterDrawNumber(
  ctx: ServiceContext,
  { drawId, value }: DrawNumberInput,
  seal: DrawSeal,
): Promise<void> {
  return changeDraw(ctx, drawId, 'draw.enterNumber', async (draw) => {
    const { seed } = draw
    if (seed.kind !== 'public') throw new ServiceError('conflict', 'draw_seed_officers')
    assertState(draw, 'frozen')
    if (draw.office.author.at < Date.parse(seed.publishedAt)) {
      throw new ServiceError('conflict', 'draw_number_early', { at: seed.publishedAt })
    }
    if (value.length !== seed.digits)
      throw new ServiceError('invalid', 'draw_number_length', { n: String(seed.digits) })
    await finishDraw(draw, { kind: 'public', value }, seal)
  })
}
