import { render } from 'solid-js/web';
import './ui/tokens.css';
import './ui/page.css';
import { stayAboveKeyboard } from './shell/above-keyboard.ts';
import { App } from './shell/App.tsx';
import { startTheme } from './shell/theme.ts';
import { startServiceWorker } from './shell/update.ts';

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no #app');
startTheme();
stayAboveKeyboard();
render(() => <App />, place);
void startServiceWorker();
