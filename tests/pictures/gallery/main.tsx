import { render } from 'solid-js/web';
import '../../../app/ui/tokens.css';
import '../../../app/ui/page.css';
import { Gallery } from './Gallery.tsx';

const place = document.getElementById('app');
if (place === null) throw new Error('index.html has no #app');
render(() => <Gallery />, place);
