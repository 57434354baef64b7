/** Names that the generator draws from; any likeness to real people is chance. */

export const FIRST_NAMES_WOMEN =
  'Anna Britta Carla Dilara Elif Franziska Greta Hannah Ines Johanna Katrin Lena Maren Nadja Olga Paula Renate Sabine Tanja Ulrike Vera Wiebke Yasmin Zoe Svenja Miriam Leonie Helga Birgit Aylin'.split(
    ' ',
  );
export const FIRST_NAMES_MEN =
  'Anton Bernd Christian Dennis Emre Felix Georg Henrik Ivo Jonas Kai Lukas Matthias Nils Oliver Peter Rainer Stefan Thomas Uwe Viktor Wolfgang Tobias Mehmet Sören Jürgen Moritz Ansgar Detlef Jakub'.split(
    ' ',
  );
export const LAST_NAMES =
  'Ackermann Albrecht Arslan Bachmann Behrens Berger Böhm Brandt Busch Çelik Dietrich Ebert Eggers Engel Fiedler Fink Förster Franke Friedrich Gärtner Graf Groß Günther Haas Hansen Hartwig Heinrich Herrmann Hoppe Horn Jahn Jansen Jung Kaiser Keller Kern König Krämer Krause Kühn Kurz Lang Lehmann Lindner Lorenz Ludwig Maurer Möller Naumann Nowak Öztürk Otto Pfeiffer Pohl Reuter Richter Ritter Sander Sauer Schäfer Schreiber Schubert Schuster Seidel Sommer Stark Stein Thiele Ulrich Vogel Voigt Wagner Walter Weiß Wendt Winkler Wolff Yıldız Zeller Ziegler Zimmer'.split(
    ' ',
  );
export const CITIES =
  'Aachen Augsburg Bamberg Bielefeld Bonn Bremen Celle Coburg Detmold Erfurt Essen Flensburg Freiburg Fulda Gießen Goslar Göttingen Gütersloh Halle Hameln Heilbronn Hildesheim Husum Jena Kassel Kempten Kiel Koblenz Konstanz Leer Lübeck Lüneburg Mainz Marburg Minden Münster Nienburg Oldenburg Osnabrück Paderborn Passau Potsdam Regensburg Rostock Siegen Soest Stade Trier Tübingen Ulm Weimar Wismar Worms Würzburg'.split(
    ' ',
  );

/** All feminine, so that "in der", "die" and "für die" fit. */
const STREET_BEGINNINGS =
  'Ahorn Amsel Bahnhof Berg Birken Brunnen Buchen Burg Dom Eichen Elster Erlen Falken Feld Flieder Garten Gerber Hafen Hopfen Kapellen Kastanien Kirch Kloster Kreuz Linden Markt Mühlen Nelken Park Post Quellen Rathaus Ring Rosen Sand Schiller Schloss Schul See Sonnen Stein Tannen Ufer Ulmen Wald Wasser Weiden Weinberg Wiesen Ziegel'.split(
    ' ',
  );
const STREET_ENDINGS = ['straße', 'straße', 'straße', 'allee', 'gasse'];

export const STREETS = STREET_BEGINNINGS.flatMap((beginning) => STREET_ENDINGS.map((ending) => beginning + ending));

export const COMPANY_FORMS = [
  '{name} Immobilien',
  '{name} & {other} Immobilien',
  'Immobilienbüro {name}',
  '{city}er Wohnraum',
  'Maklerhaus {name}',
  '{name} Hausverwaltung',
  '{city} Living',
];
