import { createApp } from 'vue'
import LeaguePage from './features/league/LeaguePage.vue'
import UnitPage from './features/units/UnitPage.vue'
import { part } from './features/league/parts/part.ts'
import { show } from './markup.ts'
import { tone } from './ui/tone.ts'

createApp(LeaguePage).mount(String([UnitPage, part, show, tone]))
