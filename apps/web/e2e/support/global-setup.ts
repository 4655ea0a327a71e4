import { createInstallation, DEMONSTRATION } from './run-server.ts'

/** Makes the demonstration once; every file of tests begins with a copy of its own. */
export default async function prepare(): Promise<() => Promise<void>> {
  const installation = createInstallation()
  const server = await installation.serve(['--demo'])
  await server.stop()
  process.env[DEMONSTRATION] = installation.dataDir
  return async () => {
    delete process.env[DEMONSTRATION]
    await installation.remove()
  }
}
