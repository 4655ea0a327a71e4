export { sha256 } from './bytes/sha256.ts'
export {
  appendSubstitution,
  type Certificate,
  type CertificateFile,
  parseCertificateFile,
  signCertificate,
  type Substitution,
} from './certificate/certificate.ts'
export { type DrawKey, type DrawSigner, parseKeyFile, toKeyLine } from './certificate/note.ts'
export { toHeadHash, toQrText, toShortId } from './certificate/qr-text.ts'
export { computeSubstitution, listVisits } from './certificate/substitution.ts'
export { hashText, parsePool, parsePoolFile, type Parsed, toPoolText } from './pool/parse-pool.ts'
export {
  type DrawPool,
  type DrawRules,
  METHOD,
  type PoolInspector,
  type PoolStratum,
  type PoolUnit,
} from './pool/pool.ts'
export { type Problem, type Reason, REASONS } from './pool/shape.ts'
export {
  type Contradiction,
  CONTRADICTIONS,
  listContradictions,
  type Standing,
  STANDING_REASONS,
  type StandingReason,
  tabulateStandings,
} from './rules/standing.ts'
export { computeCommitment, listSeedProblems, NONCE_FORM, SEED_PROBLEMS, type SeedValue } from './seed/seed.ts'
export { type DrawOutcome, drawFromPool, type StratumResult } from './selection/draw-pool.ts'
export { computeInclusionOdds, type InclusionOdds, type WeightClass } from './selection/inclusion.ts'
export { tabulateInclusion } from './selection/tabulate-inclusion.ts'
export type { Pair } from './selection/pairs.ts'
export { toPageHtml, toPagePolicy } from './verify/to-page-html.ts'
export { listSentences, VERIFY_WORDS, type VerifyWords } from './verify/verify-words.ts'
export { type DrawReport, type Step, type StepResult, STEPS, verifyDraw } from './verify/verify-draw.ts'
