export {
  ACTOR_KINDS,
  type ActorKind,
  type AuditActor,
  type AuditBody,
  type AuditOutcome,
  OUTCOMES,
  parseAuditText,
  toAuditText,
} from './entry/audit-body.ts'
export { type Json, toCanonicalJson } from './entry/canonical-json.ts'
export { hashEntry, NO_ENTRY } from './entry/entry-hash.ts'
export { type LogEntry, splitLines, toLogHeader, toLogLine } from './log/log-lines.ts'
export { addLeaf, EMPTY_TREE, type MerkleTree, rootOf } from './merkle/merkle-tree.ts'
export {
  type Checkpoint,
  computeNextCheckpoint,
  type NextCheckpoint,
  parseCheckpointNote,
  splitNotes,
  toCheckpointText,
  toNoteInFile,
} from './note/checkpoint.ts'
export { listNoteSigners, parseNote, type ParsedNote, signNote } from './note/signed-note.ts'
export {
  generateEd25519Key,
  generateSm2Key,
  makeEd25519Signer,
  makeSm2Signer,
  type NoteSigner,
  verifySignature,
} from './note/signer.ts'
export {
  keyIdOf,
  parseVerifierKeys,
  type SignatureAlgorithm,
  toPublicKeyPem,
  toVerifierKeyLine,
  type VerifierKey,
} from './note/verifier-key.ts'
export { type AuditLogReport, BAD_KINDS, type BadKind, type FirstBad } from './verify/report.ts'
export { verifyAuditLog } from './verify/verify-audit-log.ts'
