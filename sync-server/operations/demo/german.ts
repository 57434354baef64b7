/** What German-speaking estate agents write to each other. `(a|b)` is a choice, `{slot}` is filled in; see grammar.ts. */
import type { Language } from './grammar.ts';

export const GERMAN: Language = {
  greetings: [
    '(Hallo|Hi|Moin|Guten Morgen|Servus|Hey) {colleague}! ',
    '(Hallo|Moin|Guten Morgen) zusammen! ',
    '@{colleague}: ',
    '(Kurze Info|Kurze Frage|Nur kurz|Zur Info|Update): ',
    '(Zur|Wegen der) {street}: ',
    '{property}: ',
  ],
  sentences: [
    // Keys
    '(Weiß jemand|Wisst ihr), wo der Schlüssel für die {street} (liegt|ist|hängt|abgeblieben ist)?',
    'Der Schlüssel (liegt|ist) (beim Hausmeister|im Schlüsseltresor|bei {neighbour} im {floor}|im Büro in der obersten Schublade|in meinem Fach|beim Mieter)(|, Code {code}| bis {time}| und muss bis {deadline} zurück).',
    '(Der Haustürschlüssel|Der Kellerschlüssel|Der Briefkastenschlüssel|Der Garagenschlüssel|Der Dachbodenschlüssel) (fehlt noch|fehlt schon wieder|ist doppelt da|passt nicht|klemmt ein wenig|hängt jetzt am Bund Nr. {small}).',
    'Ich (bringe die Schlüssel {day} gegen {time} mit|hole die Schlüssel {day} um {time} ab)(|, wenn es passt|, falls die Bahn fährt|, danach bin ich im Büro).',
    '{ownerName} hat (nur|leider nur|zum Glück) (einen|zwei|drei) Schlüssel (abgegeben|dagelassen|gefunden).',
    'Kannst du (bitte |)(noch |)(einen Ersatzschlüssel|den Tresorschlüssel|das Schlüsselbund) für {property} (nachmachen lassen|mitnehmen|quittieren)?',
    // Viewings
    '(Die Besichtigung|Der Termin|Der Besichtigungstermin) {day} um {time} (steht|ist bestätigt|fällt aus|verschiebt sich auf {time}|muss leider verlegt werden|klappt).',
    '{prospectName} (möchte|würde|will) (die Wohnung|das Haus|das Objekt|das Grundstück) (gern |)(noch einmal|ein zweites Mal|{day}|mit einem Gutachter|mit den Eltern) (ansehen|besichtigen|anschauen).',
    'Für {property} (haben sich|haben sich schon|haben sich bereits) {small} (Interessenten|Paare|Leute|Familien) (gemeldet|angekündigt|eingetragen).',
    '(Heute|Vorhin|Gestern) waren {small} (Interessenten|Leute|Familien) (da|bei der Besichtigung|in der {street}), (zwei|einer|keiner|drei) davon (ernsthaft|wirklich interessiert|mit Finanzierung|ohne Termin).',
    'Kann (jemand|einer von euch) {day} (die Besichtigung|den Termin) in der {street} (übernehmen|machen)? (|Ich stecke im Stau.|Mein Auto ist in der Werkstatt.|Ich bin beim Notar.)',
    '(Sammelbesichtigung|Einzelbesichtigung|Zweitbesichtigung) {day} ab {time}, (bitte Schuhüberzieher mitnehmen|Treffpunkt ist der Hof|bitte unten klingeln|bitte pünktlich).',
    'Die Interessenten (stehen|warten) (schon |)(vor der Tür|unten|am Tor|auf dem Parkplatz)(| und keiner macht auf|, wo bist du|, ich beeile mich).',
    '(Im Keller|In der Tiefgarage|Auf dem Hof|Hinten im Anbau) (habe ich|hat man) (keinen Empfang|kein Netz|nur einen Balken), ich (melde mich|schreibe) (später|danach|von oben|gegen {time}).',
    // Owners
    '{ownerName} (hat angerufen|hat sich gemeldet|fragt nach|drängelt|wartet) und (möchte wissen, wie es steht|will den Preis nicht senken|ist mit {price} einverstanden|überlegt noch|bittet um Rückruf|kommt {day} vorbei).',
    '(Ich habe|Habe) (eben|gerade|vorhin|gestern) mit {ownerObject} (telefoniert|gesprochen)(|, alles gut|, das wird zäh|: Alleinauftrag kommt|, wir sollen das Exposé ändern).',
    'Der Eigentümer (der|von der) {street} (zieht {day} aus|verkauft nun doch|möchte erst im Frühjahr verkaufen|braucht noch Bedenkzeit|hat den Maklervertrag unterschrieben).',
    '(Bitte|Könntest du bitte) {ownerObject} (zurückrufen|Bescheid geben|die Unterlagen schicken|an den Energieausweis erinnern)(|, am besten vor {time}|, Nummer {phone}).',
    'Die (Erbengemeinschaft|Hausverwaltung|WEG|Familie) (ist sich einig|streitet noch|will bis {deadline} entscheiden|verlangt eine Vollmacht|schickt die Protokolle per Post).',
    // Prices and money
    '(Der Preis|Der Angebotspreis|Die Preisvorstellung) (liegt bei|bleibt bei|geht runter auf|soll hoch auf) {price}(|, Verhandlungsbasis|, inklusive Stellplatz|, zuzüglich Provision).',
    '{prospectName} bietet {price}(|, ohne Finanzierungsvorbehalt|, aber erst ab Herbst|, die Küche soll drinbleiben|, mehr geht wohl nicht).',
    'Die Bank (hat zugesagt|braucht noch die Wohnflächenberechnung|will den Grundbuchauszug|prüft bis {deadline}|finanziert nur {percent} Prozent).',
    'Kaltmiete {rent}, Nebenkosten {costs}, Kaution (zwei|drei) Monatsmieten(|, frei ab sofort|, frei ab {deadline}).',
    'Die Vergleichsmieten (in {city}|in der Ecke) liegen bei {squarePrice} pro Quadratmeter.',
    'Provision (ist bezahlt|steht noch aus|war Thema|teilen sich beide Seiten), (Rechnung|siehe) R#{number}.',
    // Notary and papers
    '(Der Notartermin|Die Beurkundung|Der Termin beim Notar) ist {day} um {time}(| in {city}|, bitte Ausweise mitbringen|, {ownerName} kommt mit Vollmacht|, Entwurf liegt vor).',
    'Der (Kaufvertragsentwurf|Entwurf|Vertrag) (ist da|kommt {day}|muss noch einmal geändert werden|liegt bei der Bank|ist unterschrieben zurück).',
    '(Der Grundbuchauszug|Der Energieausweis|Die Teilungserklärung|Die Flurkarte|Die Wohngeldabrechnung|Der Lageplan) (fehlt noch|ist bestellt|liegt im Ordner|ist veraltet|kommt per Post|hängt an A#{number}).',
    'Im Grundbuch (steht noch|ist noch) (ein Wegerecht|eine Grundschuld|ein Wohnrecht|eine Dienstbarkeit) (eingetragen|drin), (das klärt der Notar|das muss vorher raus|bitte im Exposé erwähnen).',
    'Die Übergabe (ist|machen wir) {day} um {time}, (Zählerstände nicht vergessen|Protokoll bringe ich mit|Hausmeister ist informiert|bitte alle Schlüssel).',
    // Exposé and marketing
    'Das Exposé (für|zu) {property} (ist online|ist fertig|braucht bessere Fotos|hat noch einen Tippfehler|geht {day} raus)(|, bitte gegenlesen|, Titelbild getauscht).',
    '(Die Fotos|Die neuen Bilder|Die Drohnenbilder|Die Grundrisse) (aus|von) der {street} sind (da|im Ordner|leider zu dunkel|spitze geworden|noch nicht bearbeitet).',
    'Bitte im Exposé (die Wohnfläche auf {area} Quadratmeter|das Baujahr auf {year}|die Heizung|den Preis auf {price}) (ändern|korrigieren).',
    'Auf die Anzeige kamen (über Nacht |)({small}|{percent}) Anfragen(|, die meisten ohne Telefonnummer|, ich sortiere vor|, kann jemand helfen).',
    // The house itself
    '(Die Wohnung|Das Haus|Die Doppelhaushälfte|Die Maisonette) hat {area} Quadratmeter, {rooms} Zimmer, Baujahr {year}(|, Balkon nach Süden|, Gasheizung von {year}|, Dach neu|, aber kein Aufzug).',
    'Im {floor} (tropft es|riecht es muffig|ist die Heizung kalt|klemmt das Fenster|fehlt eine Lampe)(|, Handwerker kommt {day}|, Hausmeister weiß Bescheid|, Fotos folgen).',
    'Der (Gutachter|Heizungsbauer|Schornsteinfeger|Elektriker|Maler) (kommt|kann|hat Zeit) {day} (um {time}|am Vormittag|am Nachmittag|ab {time})(|, bitte aufschließen|, {neighbour} lässt ihn rein).',
    'Parken (kann man|könnt ihr) (hinter dem Haus|in der {street}|nur mit Ausweis|auf dem Hof, Tor ist offen).',
    // Records and tasks
    '(Siehe|Mehr dazu in|Alles in|Steht in) {property} und K#{number}.',
    'Kontakt {prospectObject} ist (angelegt|aktualisiert|doppelt), K#{number}(|, bitte zusammenführen).',
    'Aufgabe A#{number} (ist erledigt|habe ich dir zugewiesen|ist überfällig|übernehme ich|kann geschlossen werden).',
    'Hat (jemand|einer) zu {property} (schon |)(zurückgerufen|eine Rückmeldung|die Unterlagen verschickt)?',
    'Das Angebot zu {property} ist raus(| an {prospectObject}|, Frist {day}|, bitte nachfassen).',
    // The working day
    'Ich bin (ab {time}|bis {time}|{day}|den Rest des Tages) (im Büro|unterwegs|in {city}|im Außendienst|nur mobil erreichbar).',
    'Kann (jemand|einer) bitte (mein Telefon|den Empfang|die Vertretung|meinen Termin um {time}) übernehmen?',
    'Bin (auf dem Weg|in zehn Minuten da|gleich fertig|noch in {city}|spät dran)(|, Stau auf der Umgehung|, Bahn hat Verspätung|, bitte anfangen).',
    '(Teamrunde|Montagsrunde|Die Besprechung) (heute|{day}) um {time}(| im großen Raum|, bitte Zahlen mitbringen|, ich bin zugeschaltet).',
    'Ihre Nummer ist {phone}(|, am besten abends|, sie geht vormittags ran).',
    'Die Adresse ist {street}, {postcode} {city}.',
    'Wir haben den Zuschlag für die {street}(!|! Glückwunsch an alle!|, Unterschrift {day}.)',
    'Der Mieter (zieht {day} aus|hat gekündigt|lässt niemanden rein|ist sehr freundlich|möchte vorher angerufen werden).',
    '{prospectName} (hat abgesagt|hat zugesagt|ist abgesprungen|meldet sich nicht mehr|sucht weiter, gern mit Garten|braucht mindestens {rooms} Zimmer).',
  ],
  replies: [
    '(Alles klar|Alles gut|Passt|Geht klar|Erledigt|Super|Prima|Wunderbar|Perfekt)(|, danke|, danke dir|, mache ich|, bis später|, bis {deadline})(.|!)',
    '(Danke|Vielen Dank|Danke dir|Merci)(|, hat geklappt|, bin schon dran|, das hilft|, {colleague})(.|!)',
    '(Ja|Ja, gern|Jein|Nein|Nein, leider nicht|Noch nicht|Vielleicht)(, ich frage {ownerObject}|, erst {day}|, um {time}|, schaue gleich nach|, steht in {property}).',
    '(Bin dran|Kümmere mich|Mache ich gleich|Rufe zurück|Melde mich gegen {time}|Schicke ich dir|Ist unterwegs).',
    '(Wann genau|Wo denn|Wer fährt hin|Welche Wohnung|Hast du die Nummer|Um {time} dann)?',
    '(Verstanden|Notiert|Gesehen|Gelesen), (danke|ich gebe es weiter|{day} dann|K#{number}).',
  ],
  closings: [
    ' (Danke|Danke dir|Vielen Dank|Danke schon mal|Danke euch)!',
    ' (Gruß|Viele Grüße|LG|Bis später|Bis gleich|Schönen Feierabend)',
    ' (Sag kurz Bescheid|Bitte kurz bestätigen|Eilt nicht|Ist dringend).',
  ],
};
