import { serve } from '@zhidu/server' // breaks: oxlint/no-restricted-imports, turbo/undeclared
import { tone } from '../../../ui/tone.ts'
import { unitName } from '../../units/unit-name.ts' // breaks: oxlint/no-restricted-imports
import { own } from '../own.ts'

export const part = [serve, tone, unitName, own]
