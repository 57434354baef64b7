/** What the emoji picker says. Beside the other texts, because it comes with the picker, when that is first opened. */
import type { I18n } from 'emoji-picker-element/shared';
import type { Language } from './language.ts';

export const EMOJI_WORDS: Readonly<Record<Language, I18n>> = {
  de: {
    regionLabel: 'Emoji auswählen',
    categoriesLabel: 'Gruppen',
    favoritesLabel: 'Oft verwendet',
    loadingMessage: 'Wird geladen …',
    networkErrorMessage: 'Die Emoji konnten nicht geladen werden.',
    emojiUnsupportedMessage: 'Dieser Browser zeigt keine farbigen Emoji.',
    searchLabel: 'Emoji suchen',
    searchDescription:
      'Mit den Pfeiltasten nach oben und unten gehen Sie durch die Treffer, mit der Eingabetaste nehmen Sie einen.',
    searchResultsLabel: 'Treffer',
    skinToneLabel: 'Hautton wählen (jetzt {skinTone})',
    skinToneDescription:
      'Mit den Pfeiltasten nach oben und unten gehen Sie durch die Hauttöne, mit der Eingabetaste nehmen Sie einen.',
    skinTonesLabel: 'Hauttöne',
    skinTones: ['Standard', 'Hell', 'Mittelhell', 'Mittel', 'Mitteldunkel', 'Dunkel'],
    categories: {
      custom: 'Eigene',
      'smileys-emotion': 'Smileys und Gefühle',
      'people-body': 'Menschen und Gesten',
      'animals-nature': 'Tiere und Natur',
      'food-drink': 'Essen und Trinken',
      'travel-places': 'Reisen und Orte',
      activities: 'Aktivitäten',
      objects: 'Dinge',
      symbols: 'Zeichen',
      flags: 'Flaggen',
    },
  },
  en: {
    regionLabel: 'Choose an emoji',
    categoriesLabel: 'Groups',
    favoritesLabel: 'Often used',
    loadingMessage: 'Loading …',
    networkErrorMessage: 'The emoji could not be loaded.',
    emojiUnsupportedMessage: 'This browser shows no colour emoji.',
    searchLabel: 'Search emoji',
    searchDescription: 'Press up or down to go through the results and Enter to take one.',
    searchResultsLabel: 'Results',
    skinToneLabel: 'Choose a skin tone (now {skinTone})',
    skinToneDescription: 'Press up or down to go through the tones and Enter to take one.',
    skinTonesLabel: 'Skin tones',
    skinTones: ['Default', 'Light', 'Medium-light', 'Medium', 'Medium-dark', 'Dark'],
    categories: {
      custom: 'Own',
      'smileys-emotion': 'Smileys and feelings',
      'people-body': 'People and gestures',
      'animals-nature': 'Animals and nature',
      'food-drink': 'Food and drink',
      'travel-places': 'Travel and places',
      activities: 'Activities',
      objects: 'Things',
      symbols: 'Signs',
      flags: 'Flags',
    },
  },
};
