import type { Regulation } from '../regulation.ts'
import { ANHUI } from './anhui.ts'
import { BAOJI } from './baoji.ts'
import { HUNAN } from './hunan.ts'
import { MEIZHOU } from './meizhou.ts'
import { SAMPLE_REGULATION } from './sample-regulation.ts'

/** What a clerk can begin her own method from: the rules the program starts with, and the published shapes. */
export const REGULATION_SAMPLES: readonly Regulation[] = [SAMPLE_REGULATION, BAOJI, HUNAN, MEIZHOU, ANHUI]
