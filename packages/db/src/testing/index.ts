export { createSharedDatabase, createTestDatabase, type TestDatabase } from './create-test-database.ts'
export { makeScopeTree } from './scope-tree.ts'
