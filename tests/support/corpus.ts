/** The one corpus of tests and benches; it lives with the demo, which is part of the product. */
export {
  createCorpus,
  type Corpus,
  type CorpusPerson,
  type Speech,
  type Topic,
} from '../../sync-server/operations/demo/corpus.ts';
