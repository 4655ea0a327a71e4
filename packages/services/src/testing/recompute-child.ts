import { toQuarter } from '@zhidu/domain'
import { checkQuarterFolder } from '../quarter/check-quarter.ts'

/** Recomputes an exported folder in a process of its own, whose zone and locale are another's. */
const report = await checkQuarterFolder(process.argv[2] ?? '', { quarter: toQuarter('2026Q3'), recomputes: true })
process.stdout.write(JSON.stringify(report))
