import { type Program, withData } from '../program.ts'

/** `zhidu migrate`: opening the data brings their structure up to date; this says so and where they are. */
export async function runMigrate(program: Program, options: { readonly json?: boolean }): Promise<void> {
  const description = await withData(program, async (_, { engine }) => engine.describe())
  if (options.json === true) {
    const { kind, version } = description
    program.print(JSON.stringify({ engine: kind, postgres: version }))
    return
  }
  const place = description.kind === 'embedded' ? description.dataPath : `${description.server}/${description.database}`
  program.say(
    program.language === 'en'
      ? `The schema is up to date (PostgreSQL ${description.version}, ${place}).`
      : `数据库结构已是最新（PostgreSQL ${description.version}，${place}）。`,
  )
}
