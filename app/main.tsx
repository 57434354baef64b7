import { render } from 'solid-js/web';
// First, so that the device's storage answers while the rest is being read.
import './shell/begin.ts';
import './ui/tokens.css';
import './ui/page.css';
import { untilTexts } from './i18n/language.ts';
import { whenIdle } from './reactive/when-idle.ts';
import { stayAboveKeyboard } from './shell/above-keyboard.ts';
import { App } from './shell/App.tsx';
import { startTheme } from './shell/theme.ts';
import { offerInstallation, startServiceWorker } from './shell/update.ts';

async function draw(place: HTMLElement): Promise<void> {
  try {
    await untilTexts();
  } catch {
    place.textContent =
      'Hausfunk konnte nicht geladen werden; bitte laden Sie die Seite neu. Hausfunk could not be loaded; please reload the page.';
    return;
  }
  render(() => <App />, place);
}

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no #app');
startTheme();
stayAboveKeyboard();
void draw(place);
void startServiceWorker();
whenIdle(offerInstallation);
