/** The one seeded generator of tests, proofs and benches; it lives with the demo, which is part of the product. */
export { seededRandom, type Random } from '../../sync-server/operations/demo/random.ts';
