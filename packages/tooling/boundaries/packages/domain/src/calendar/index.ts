export { toDayNumber } from './quarter-of.ts'
