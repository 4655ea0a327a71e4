export { createOutbox, type Outbox, type SendReport } from './create-outbox.ts'
export {
  type FileAnswer,
  type OutboxDraft,
  type OutboxFile,
  type OutboxItem,
  type OutboxStore,
  type OutboxTransport,
  type Refusal,
  type StoreTransaction,
  type SubmitAnswer,
  type Trouble,
} from './ports.ts'
export { exportQueue, type HashBytes, importQueue, type ImportProblem, type ImportResult } from './queue-file.ts'
