import { own } from '../features/league/own.ts' // breaks: oxlint/no-restricted-imports

export const tone = own
