<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
    <context>
        <name>Comparison</name>
        <message>
            <source>the letter with the highest probability</source>
            <translation>der Buchstabe mit der höchsten Wahrscheinlichkeit</translation>
        </message>
        <message>
            <source>the answer is a letter and nothing else</source>
            <translation>die Antwort ist nur ein Buchstabe</translation>
        </message>
        <message>
            <source>the answer says so: “the answer is …”</source>
            <translation>die Antwort sagt es: „the answer is …“</translation>
        </message>
        <message>
            <source>the answer begins with the letter</source>
            <translation>die Antwort beginnt mit dem Buchstaben</translation>
        </message>
        <message>
            <source>the answer contains this option's text, word for word</source>
            <translation>die Antwort enthält den Text dieser Option, Wort für Wort</translation>
        </message>
        <message>
            <source>the only letter that the answer names</source>
            <translation>der einzige Buchstabe, den die Antwort nennt</translation>
        </message>
        <message>
            <source>unclear: several options are named and nothing decides</source>
            <translation>unklar: mehrere Optionen genannt, nichts entscheidet</translation>
        </message>
        <message>
            <source>no option is named</source>
            <translation>keine Option genannt</translation>
        </message>
        <message>
            <source>the answer is empty</source>
            <translation>die Antwort ist leer</translation>
        </message>
        <message>
            <source>decided by a person</source>
            <translation>von einer Person entschieden</translation>
        </message>
        <message>
            <source>the highest mean probability over all orders</source>
            <translation>die höchste mittlere Wahrscheinlichkeit über alle Reihenfolgen</translation>
        </message>
        <message>
            <source>chosen in most orders of the options</source>
            <translation>in den meisten Reihenfolgen der Optionen gewählt</translation>
        </message>
        <message>
            <source>not read yet</source>
            <translation>noch nicht gelesen</translation>
        </message>
        <message>
            <source>right → wrong</source>
            <translation>richtig → falsch</translation>
        </message>
        <message>
            <source>wrong → right</source>
            <translation>falsch → richtig</translation>
        </message>
        <message>
            <source>both right</source>
            <translation>beide richtig</translation>
        </message>
        <message>
            <source>both wrong</source>
            <translation>beide falsch</translation>
        </message>
        <message>
            <source>the picture, the question and the options</source>
            <translation>das Bild, die Frage und die Optionen</translation>
        </message>
        <message>
            <source>the situation as text, the question and the options</source>
            <translation>die Situation als Text, die Frage und die Optionen</translation>
        </message>
        <message>
            <source>the question and the options only</source>
            <translation>nur die Frage und die Optionen</translation>
        </message>
        <message>
            <source>%1 (…)</source>
            <translation>%1 (…)</translation>
        </message>
        <message>
            <source>%1 (%2 to %3)</source>
            <translation>%1 (%2 bis %3)</translation>
        </message>
        <message>
            <source>%1 points</source>
            <translation>%1 Punkte</translation>
        </message>
        <message>
            <source>%1 and %2 are right and wrong on the same %3 items: nothing differs.</source>
            <translation>%1 und %2 liegen bei denselben %3 Aufgaben richtig und falsch: kein Unterschied.</translation>
        </message>
        <message>
            <source>%1 points (%2 to %3)</source>
            <translation>%1 Punkte (%2 bis %3)</translation>
        </message>
        <message>
            <source>On the same %1 items %2 and %3 are right equally often, though not on the same ones.</source>
            <translation>Bei denselben %1 Aufgaben liegen %2 und %3 gleich oft richtig, wenn auch nicht bei denselben.</translation>
        </message>
        <message>
            <source>Chance alone would rarely do this.</source>
            <translation>Allein durch Zufall käme das selten vor.</translation>
        </message>
        <message>
            <source>That may be chance; nor does it show that they are equal.</source>
            <translation>Das kann Zufall sein; ebenso wenig zeigt es, dass beide gleich sind.</translation>
        </message>
        <message>
            <source>On the same %1 items %2 is right more often than %3: %4. %5</source>
            <translation>Bei denselben %1 Aufgaben liegt %2 öfter richtig als %3: %4. %5</translation>
        </message>
        <message>
            <source>Exact McNemar test, two-sided: p %1</source>
            <translation>Exakter McNemar-Test, zweiseitig: p %1</translation>
        </message>
        <message>
            <source>corrected for %1 pairs (Holm): p %2</source>
            <translation>für %1 Paare korrigiert (Holm): p %2</translation>
        </message>
        <message>
            <source>95 % interval: bootstrap over items</source>
            <translation>95-%-Intervall: Bootstrap über Aufgaben</translation>
        </message>
    </context>
    <context>
        <name>ComparisonRemarks</name>
        <message>
            <source>%1 and %2 more</source>
            <translation>%1 und %2 weitere</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>All figures are over the %1 items that every cell answered. Answered in all: %2.</source>
            <translation>Alle Zahlen gelten für die %1 Aufgaben, die jede Zelle beantwortet hat. Insgesamt beantwortet: %2.</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>wording</source>
            <translation>Wortlaut</translation>
        </message>
        <message>
            <source>scored by</source>
            <translation>gewertet nach</translation>
        </message>
        <message>
            <source>generated text</source>
            <translation>erzeugter Text</translation>
        </message>
        <message>
            <source>letter probabilities</source>
            <translation>Buchstaben-Wahrscheinlichkeiten</translation>
        </message>
        <message>
            <source>orders of the options</source>
            <translation>Reihenfolgen der Optionen</translation>
        </message>
        <message>
            <source>precision</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>These cells were not asked in the same way, and differences may come from that: %1.</source>
            <translation>Diese Zellen wurden nicht gleich befragt; Unterschiede können daher kommen: %1.</translation>
        </message>
        <message>
            <source>Recorded elsewhere, so that it is not known how they were asked: %1.</source>
            <translation>Anderswo aufgezeichnet, daher ist nicht bekannt, wie gefragt wurde: %1.</translation>
        </message>
    </context>
    <context>
        <name>ContentSections</name>
        <message>
            <source>Situation</source>
            <translation>Situation</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>Optionen</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Rationale</source>
            <translation>Begründung</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>Kategorie</translation>
        </message>
        <message>
            <source>Doing nothing</source>
            <translation>Nichtstun</translation>
        </message>
    </context>
    <context>
        <name>ExportPanel</name>
        <message>
            <source>Scenarios, one a line (JSONL)</source>
            <translation>Szenarien, eins je Zeile (JSONL)</translation>
        </message>
        <message>
            <source>Everything: it can be imported again as it is.</source>
            <translation>Alles: lässt sich unverändert wieder importieren.</translation>
        </message>
        <message>
            <source>Scenarios as one list (JSON)</source>
            <translation>Szenarien als eine Liste (JSON)</translation>
        </message>
        <message>
            <source>The same, as VIVA's own file is written.</source>
            <translation>Dasselbe, im Format der VIVA-Datei.</translation>
        </message>
        <message>
            <source>Table (CSV)</source>
            <translation>Tabelle (CSV)</translation>
        </message>
        <message>
            <source>For spreadsheets; a column for each option.</source>
            <translation>Für Tabellenkalkulationen; eine Spalte je Option.</translation>
        </message>
        <message>
            <source>Chats, one a line (JSONL)</source>
            <translation>Chats, einer je Zeile (JSONL)</translation>
        </message>
        <message>
            <source>What a model is trained on; scenarios without a key are left out.</source>
            <translation>Womit ein Modell trainiert wird; Szenarien ohne Schlüssel entfallen.</translation>
        </message>
        <message>
            <source>Chats as ShareGPT (JSON)</source>
            <translation>Chats als ShareGPT (JSON)</translation>
        </message>
        <message>
            <source>For other trainers; scenarios without a key are left out.</source>
            <translation>Für andere Trainingsprogramme; Szenarien ohne Schlüssel entfallen.</translation>
        </message>
        <message>
            <source>Instructions as Alpaca (JSON)</source>
            <translation>Anweisungen als Alpaca (JSON)</translation>
        </message>
    </context>
    <context>
        <name>Format</name>
        <message>
            <source>not a number</source>
            <translation>keine Zahl</translation>
        </message>
        <message>
            <source>ms</source>
            <translation>ms</translation>
        </message>
        <message>
            <source>s</source>
            <translation>s</translation>
        </message>
        <message>
            <source>min</source>
            <translation>min</translation>
        </message>
        <message>
            <source>h</source>
            <translation>h</translation>
        </message>
        <message>
            <source>B</source>
            <translation>Mrd.</translation>
        </message>
        <message>
            <source>k</source>
            <translation>Tsd.</translation>
        </message>
        <message>
            <source>M</source>
            <translation>Mio.</translation>
        </message>
        <message>
            <source>today %1</source>
            <translation>heute %1</translation>
        </message>
        <message>
            <source>queued</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>done</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>fehlgeschlagen</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>gestoppt</translation>
        </message>
        <message>
            <source>interrupted</source>
            <translation>unterbrochen</translation>
        </message>
        <message>
            <source>Synthesis</source>
            <translation>Synthese</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Import</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>Einfrieren</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Evaluation</source>
            <translation>Auswertung</translation>
        </message>
        <message>
            <source>Benchmark</source>
            <translation>Benchmark</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <source>undecided</source>
            <translation>unentschieden</translation>
        </message>
        <message>
            <source>accepted</source>
            <translation>angenommen</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>abgelehnt</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Export</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>Zusammenführung</translation>
        </message>
    </context>
    <context>
        <name>ProjectOpener</name>
        <message>
            <source>This project is from an older version and was brought up to date. The file as it was is kept as %1.</source>
            <translation>Dieses Projekt stammt aus einer älteren Version und wurde aktualisiert. Die ursprüngliche Datei bleibt als %1 erhalten.</translation>
        </message>
        <message>
            <source>%1 may not be written here: it is open for reading. Copy it to a folder of your own to change it.</source>
            <translation>%1 darf hier nicht geschrieben werden und ist nur zum Lesen geöffnet. Zum Ändern in einen eigenen Ordner kopieren.</translation>
        </message>
    </context>
    <context>
        <name>RunDetails</name>
        <message>
            <source>Accuracy</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>95 % interval, low</source>
            <translation>95-%-Intervall, unten</translation>
        </message>
        <message>
            <source>95 % interval, high</source>
            <translation>95-%-Intervall, oben</translation>
        </message>
        <message>
            <source>Items answered</source>
            <translation>Beantwortete Aufgaben</translation>
        </message>
        <message>
            <source>Right answers</source>
            <translation>Richtige Antworten</translation>
        </message>
        <message>
            <source>No letter could be read</source>
            <translation>Kein Buchstabe lesbar</translation>
        </message>
        <message>
            <source>Items without a picture</source>
            <translation>Aufgaben ohne Bild</translation>
        </message>
        <message>
            <source>Adapter folder</source>
            <translation>Adapterordner</translation>
        </message>
        <message>
            <source>Tokens that counted in the loss</source>
            <translation>Token, die im Verlust zählten</translation>
        </message>
        <message>
            <source>Loss at the end (per token)</source>
            <translation>Verlust am Ende (je Token)</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Examples, each time they were used</source>
            <translation>Beispiele, jede Verwendung gezählt</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Time of training</source>
            <translation>Trainingszeit</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Items</source>
            <translation>Aufgaben</translation>
        </message>
        <message>
            <source>Computing</source>
            <translation>Rechnen</translation>
        </message>
        <message>
            <source>Items asked</source>
            <translation>Gestellte Aufgaben</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>Overridden by a person</source>
            <translation>Von Hand geändert</translation>
        </message>
        <message>
            <source>Accuracy without overrides</source>
            <translation>Genauigkeit ohne Änderungen von Hand</translation>
        </message>
        <message>
            <source>95 % interval without overrides, low</source>
            <translation>95-%-Intervall ohne Änderungen von Hand, unten</translation>
        </message>
        <message>
            <source>95 % interval without overrides, high</source>
            <translation>95-%-Intervall ohne Änderungen von Hand, oben</translation>
        </message>
        <message>
            <source>Right answers without overrides</source>
            <translation>Richtige Antworten ohne Änderungen von Hand</translation>
        </message>
        <message>
            <source>Unreadable pictures</source>
            <translation>Unlesbare Bilder</translation>
        </message>
        <message>
            <source>Parts of the base that were hashed</source>
            <translation>Geprüfte Teile der Basis (Hash)</translation>
        </message>
        <message>
            <source>Parts of the base that changed</source>
            <translation>Geänderte Teile der Basis</translation>
        </message>
    </context>
    <context>
        <name>ScenarioFixes</name>
        <message>
            <source>Set key to %1</source>
            <translation>Schlüssel auf %1 setzen</translation>
        </message>
        <message>
            <source>Remove letters</source>
            <translation>Buchstaben entfernen</translation>
        </message>
        <message>
            <source>Remove option %1</source>
            <translation>Option %1 entfernen</translation>
        </message>
        <message>
            <source>Mark none</source>
            <translation>Keine markieren</translation>
        </message>
    </context>
    <context>
        <name>ScenarioWords</name>
        <message>
            <source>No key</source>
            <translation>Kein Schlüssel</translation>
        </message>
        <message>
            <source>Key is no option</source>
            <translation>Schlüssel ist keine Option</translation>
        </message>
        <message>
            <source>Key much longer</source>
            <translation>Schlüssel viel länger</translation>
        </message>
        <message>
            <source>Number of options</source>
            <translation>Anzahl der Optionen</translation>
        </message>
        <message>
            <source>Options alike</source>
            <translation>Gleiche Optionen</translation>
        </message>
        <message>
            <source>Empty option</source>
            <translation>Leere Option</translation>
        </message>
        <message>
            <source>Letter in option</source>
            <translation>Buchstabe in Option</translation>
        </message>
        <message>
            <source>No situation</source>
            <translation>Keine Situation</translation>
        </message>
        <message>
            <source>No question</source>
            <translation>Keine Frage</translation>
        </message>
        <message>
            <source>No rationale</source>
            <translation>Keine Begründung</translation>
        </message>
        <message>
            <source>Rationale names another letter</source>
            <translation>Begründung nennt anderen Buchstaben</translation>
        </message>
        <message>
            <source>Doing nothing is no option</source>
            <translation>Nichtstun ist keine Option</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>Duplikat</translation>
        </message>
        <message>
            <source>Nearly the same</source>
            <translation>Fast gleich</translation>
        </message>
        <message>
            <source>Same text, other key</source>
            <translation>Gleicher Text, anderer Schlüssel</translation>
        </message>
        <message>
            <source>Overlaps the benchmark</source>
            <translation>Überschneidung mit dem Benchmark</translation>
        </message>
        <message>
            <source>Private data</source>
            <translation>Private Daten</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keine</translation>
        </message>
        <message>
            <source>Complexity</source>
            <translation>Komplexität</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>Kontext</translation>
        </message>
        <message>
            <source>Challenge</source>
            <translation>Herausforderung</translation>
        </message>
        <message>
            <source>Reverse</source>
            <translation>Umkehrung</translation>
        </message>
        <message>
            <source>Imported</source>
            <translation>Importiert</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Angenommen</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Abgelehnt</translation>
        </message>
        <message>
            <source>Undecided</source>
            <translation>Unentschieden</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>Unbekannt</translation>
        </message>
        <message>
            <source>Demo</source>
            <translation>Demo</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
    </context>
    <context>
        <name>StatsTable</name>
        <message>
            <source>%1 of %2 (%3)</source>
            <translation>%1 von %2 (%3)</translation>
        </message>
        <message>
            <source>Cell</source>
            <translation>Zelle</translation>
        </message>
        <message>
            <source>Accuracy, 95 % interval</source>
            <translation>Genauigkeit, 95-%-Intervall</translation>
        </message>
        <message>
            <source>Share of right answers, Wilson's interval</source>
            <translation>Anteil richtiger Antworten, Wilson-Intervall</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Richtig</translation>
        </message>
        <message>
            <source>Right answers of all items that are compared</source>
            <translation>Richtige Antworten von allen verglichenen Aufgaben</translation>
        </message>
        <message>
            <source>Not readable</source>
            <translation>Nicht lesbar</translation>
        </message>
        <message>
            <source>Answers without a readable option; they count as wrong</source>
            <translation>Antworten ohne lesbare Option; sie zählen als falsch</translation>
        </message>
        <message>
            <source>Acted too much</source>
            <translation>Zu oft gehandelt</translation>
        </message>
        <message>
            <source>Chose to act where the right answer is to do nothing (over-intervention)</source>
            <translation>Handeln gewählt, wo Nichtstun richtig ist (Überintervention)</translation>
        </message>
        <message>
            <source>Acted too little</source>
            <translation>Zu selten gehandelt</translation>
        </message>
        <message>
            <source>Chose to do nothing where the right answer is to act (under-intervention)</source>
            <translation>Nichtstun gewählt, wo Handeln richtig ist (Unterintervention)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Zu</translation>
        </message>
        <message>
            <source>wrong → right</source>
            <translation>falsch → richtig</translation>
        </message>
        <message>
            <source>right → wrong</source>
            <translation>richtig → falsch</translation>
        </message>
        <message>
            <source>both right</source>
            <translation>beide richtig</translation>
        </message>
        <message>
            <source>both wrong</source>
            <translation>beide falsch</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>Kategorie</translation>
        </message>
        <message>
            <source>n</source>
            <translation>n</translation>
        </message>
        <message>
            <source>Items of the category</source>
            <translation>Aufgaben der Kategorie</translation>
        </message>
        <message>
            <source>Points</source>
            <translation>Punkte</translation>
        </message>
        <message>
            <source>Chosen</source>
            <translation>Gewählt</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>No option could be read</source>
            <translation>Keine Option lesbar</translation>
        </message>
        <message>
            <source>Items</source>
            <translation>Aufgaben</translation>
        </message>
        <message>
            <source>Right answer (key)</source>
            <translation>Richtige Antwort (Schlüssel)</translation>
        </message>
        <message>
            <source>&lt; 0.001</source>
            <translation>&lt; 0,001</translation>
        </message>
        <message>
            <source>Confidence off by</source>
            <translation>Zuversicht daneben um</translation>
        </message>
        <message>
            <source>How far confidence and accuracy lie apart on average: the expected calibration error (ECE) over ten bins of confidence, in points of per cent</source>
            <translation>Wie weit Zuversicht und Genauigkeit im Mittel auseinanderliegen: der erwartete Kalibrierungsfehler (ECE) über zehn Klassen der Zuversicht, in Prozentpunkten</translation>
        </message>
        <message>
            <source>Difference (95 %)</source>
            <translation>Unterschied (95 %)</translation>
        </message>
        <message>
            <source>Accuracy of the second minus the first, in points of per cent, with its 95 % interval (bootstrap over items)</source>
            <translation>Genauigkeit der zweiten minus der ersten, in Prozentpunkten, mit ihrem 95-%-Intervall (Bootstrap über Aufgaben)</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Zufall</translation>
        </message>
        <message>
            <source>How often chance alone would make a difference at least this large, taking into account that several pairs are looked at: p of McNemar's exact two-sided test after Holm's correction. Below 0.05 a difference is called one.</source>
            <translation>Wie oft allein der Zufall einen mindestens so großen Unterschied machte, wenn man mehrere Paare betrachtet: p des exakten zweiseitigen McNemar-Tests nach Holms Korrektur. Unter 0,05 gilt ein Unterschied als solcher.</translation>
        </message>
        <message>
            <source>Chance, this pair alone</source>
            <translation>Zufall, nur dieses Paar</translation>
        </message>
        <message>
            <source>The same for this pair alone: p of McNemar's exact test without the correction</source>
            <translation>Dasselbe nur für dieses Paar: p des exakten McNemar-Tests ohne Korrektur</translation>
        </message>
        <message>
            <source>Accuracy of %1 in this category</source>
            <translation>Genauigkeit von %1 in dieser Kategorie</translation>
        </message>
        <message>
            <source>Accuracy of the second minus the first, in points of per cent</source>
            <translation>Genauigkeit der zweiten minus der ersten, in Prozentpunkten</translation>
        </message>
        <message>
            <source>How often chance alone would make a difference at least this large, taking into account that many categories are looked at: p of McNemar's exact test after Holm's correction</source>
            <translation>Wie oft allein der Zufall einen mindestens so großen Unterschied machte, wenn man viele Kategorien betrachtet: p des exakten McNemar-Tests nach Holms Korrektur</translation>
        </message>
    </context>
    <context>
        <name>TrainFields</name>
        <message>
            <source>Epochs</source>
            <translation>Epochen</translation>
        </message>
        <message>
            <source>How often every example is seen. Ignored when a number of steps is given.</source>
            <translation>Wie oft jedes Beispiel gesehen wird. Gilt nicht, wenn eine Anzahl von Schritten angegeben ist.</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Optimiser steps. Leave empty to go by epochs.</source>
            <translation>Optimiererschritte. Leer lassen, um nach Epochen zu gehen.</translation>
        </message>
        <message>
            <source>from epochs</source>
            <translation>aus Epochen</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>Lernrate</translation>
        </message>
        <message>
            <source>The highest rate of the schedule, such as 1e-4.</source>
            <translation>Die höchste Rate des Verlaufs, etwa 1e-4.</translation>
        </message>
        <message>
            <source>Rank</source>
            <translation>Rang</translation>
        </message>
        <message>
            <source>Of the adapter's matrices: a higher rank can learn more and needs more memory.</source>
            <translation>Der Adaptermatrizen: Ein höherer Rang kann mehr lernen und braucht mehr Speicher.</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>Batch</translation>
        </message>
        <message>
            <source>Examples that make up one optimiser step.</source>
            <translation>Beispiele, die einen Optimiererschritt ergeben.</translation>
        </message>
        <message>
            <source>examples</source>
            <translation>Beispiele</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Präzision</translation>
        </message>
        <message>
            <source>bfloat16: half the memory</source>
            <translation>bfloat16: halber Speicher</translation>
        </message>
        <message>
            <source>float32: exact</source>
            <translation>float32: exakt</translation>
        </message>
        <message>
            <source>How the model's weights and activations are kept while training.</source>
            <translation>Wie Gewichte und Aktivierungen des Modells beim Training gehalten werden.</translation>
        </message>
        <message>
            <source>Learn from</source>
            <translation>Lernen aus</translation>
        </message>
        <message>
            <source>the answer only</source>
            <translation>nur der Antwort</translation>
        </message>
        <message>
            <source>the whole sequence</source>
            <translation>der ganzen Sequenz</translation>
        </message>
        <message>
            <source>Which tokens the loss counts. The preview shows them coloured.</source>
            <translation>Welche Token im Verlust zählen. Die Vorschau zeigt sie farbig.</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Decides order, start values and dropout: the same seed gives the same adapter.</source>
            <translation>Bestimmt Reihenfolge, Startwerte und Dropout: Derselbe Seed ergibt denselben Adapter.</translation>
        </message>
        <message>
            <source>Alpha</source>
            <translation>Alpha</translation>
        </message>
        <message>
            <source>The update is multiplied by alpha / rank.</source>
            <translation>Die Änderung wird mit Alpha / Rang multipliziert.</translation>
        </message>
        <message>
            <source>Adapter</source>
            <translation>Adapter</translation>
        </message>
        <message>
            <source>Dropout</source>
            <translation>Dropout</translation>
        </message>
        <message>
            <source>Share of the adapter's inputs that are left out while training.</source>
            <translation>Anteil der Adaptereingaben, der beim Training weggelassen wird.</translation>
        </message>
        <message>
            <source>Scale by √rank</source>
            <translation>Mit √Rang skalieren</translation>
        </message>
        <message>
            <source>Multiply by alpha / √rank instead of alpha / rank.</source>
            <translation>Mit Alpha / √Rang statt Alpha / Rang multiplizieren.</translation>
        </message>
        <message>
            <source>Targets</source>
            <translation>Ziele</translation>
        </message>
        <message>
            <source>The matrices of each layer that get an adapter.</source>
            <translation>Die Matrizen jeder Schicht, die einen Adapter bekommen.</translation>
        </message>
        <message>
            <source>Optimiser</source>
            <translation>Optimierer</translation>
        </message>
        <message>
            <source>Schedule</source>
            <translation>Lernratenverlauf</translation>
        </message>
        <message>
            <source>cosine</source>
            <translation>Kosinus</translation>
        </message>
        <message>
            <source>linear</source>
            <translation>linear</translation>
        </message>
        <message>
            <source>flat, then linear</source>
            <translation>flach, dann linear</translation>
        </message>
        <message>
            <source>constant</source>
            <translation>konstant</translation>
        </message>
        <message>
            <source>How the learning rate falls after the warm-up.</source>
            <translation>Wie die Lernrate nach dem Aufwärmen sinkt.</translation>
        </message>
        <message>
            <source>Warm-up</source>
            <translation>Aufwärmen</translation>
        </message>
        <message>
            <source>Below 1: a share of all steps. From 1: that many steps.</source>
            <translation>Unter 1: ein Anteil aller Schritte. Ab 1: so viele Schritte.</translation>
        </message>
        <message>
            <source>Weight decay</source>
            <translation>Weight Decay</translation>
        </message>
        <message>
            <source>Pulls the adapter's weights towards zero.</source>
            <translation>Zieht die Gewichte des Adapters gegen null.</translation>
        </message>
        <message>
            <source>Clip gradient</source>
            <translation>Gradient kappen</translation>
        </message>
        <message>
            <source>Longer gradients are cut to this norm. 0: never.</source>
            <translation>Längere Gradienten werden auf diese Norm gekürzt. 0: nie.</translation>
        </message>
        <message>
            <source>Beta 1</source>
            <translation>Beta 1</translation>
        </message>
        <message>
            <source>AdamW's memory of gradients.</source>
            <translation>Gedächtnis von AdamW für Gradienten.</translation>
        </message>
        <message>
            <source>Beta 2</source>
            <translation>Beta 2</translation>
        </message>
        <message>
            <source>AdamW's memory of squared gradients.</source>
            <translation>Gedächtnis von AdamW für quadrierte Gradienten.</translation>
        </message>
        <message>
            <source>Epsilon</source>
            <translation>Epsilon</translation>
        </message>
        <message>
            <source>AdamW's guard against division by zero.</source>
            <translation>Schützt AdamW vor der Division durch null.</translation>
        </message>
        <message>
            <source>Wording</source>
            <translation>Formulierung</translation>
        </message>
        <message>
            <source>default</source>
            <translation>Standard</translation>
        </message>
        <message>
            <source>demo</source>
            <translation>Demo</translation>
        </message>
        <message>
            <source>How scenarios are put to the model: a wording that comes with the program, or the path of a JSON file.</source>
            <translation>Wie Szenarien dem Modell vorgelegt werden: eine mitgelieferte Formulierung oder der Pfad einer JSON-Datei.</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>Daten</translation>
        </message>
        <message>
            <source>Letter weight</source>
            <translation>Buchstabengewicht</translation>
        </message>
        <message>
            <source>How much the answer's letter counts in the loss; other tokens count 1.</source>
            <translation>Wie stark der Buchstabe der Antwort im Verlust zählt; andere Token zählen 1.</translation>
        </message>
        <message>
            <source>New order of options each time</source>
            <translation>Optionen jedes Mal neu ordnen</translation>
        </message>
        <message>
            <source>The options change places at each use; key and text follow.</source>
            <translation>Die Optionen tauschen bei jeder Verwendung die Plätze; Schlüssel und Text folgen.</translation>
        </message>
        <message>
            <source>Shuffle examples</source>
            <translation>Beispiele mischen</translation>
        </message>
        <message>
            <source>Each epoch in an order of its own.</source>
            <translation>Jede Epoche in eigener Reihenfolge.</translation>
        </message>
        <message>
            <source>Longest example</source>
            <translation>Längstes Beispiel</translation>
        </message>
        <message>
            <source>A longer example is an error that names it.</source>
            <translation>Ein längeres Beispiel führt zu einem Fehler, der es nennt.</translation>
        </message>
        <message>
            <source>tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Control run: shuffle the keys</source>
            <translation>Kontrolllauf: Schlüssel mischen</translation>
        </message>
        <message>
            <source>Keys and reasons are mixed up, so that there is no decision to learn. Shows what the data alone does.</source>
            <translation>Schlüssel und Begründungen werden durcheinandergebracht, sodass es keine Entscheidung zu lernen gibt. Zeigt, was die Daten allein bewirken.</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nie</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>Ablauf</translation>
        </message>
        <message>
            <source>Tokens at once</source>
            <translation>Token auf einmal</translation>
        </message>
        <message>
            <source>Most tokens in one pass through the model: fewer need less memory. The result stays the same.</source>
            <translation>Höchstzahl an Token je Durchgang durch das Modell: Weniger brauchen weniger Speicher. Das Ergebnis bleibt gleich.</translation>
        </message>
        <message>
            <source>Recompute</source>
            <translation>Neu berechnen</translation>
        </message>
        <message>
            <source>when memory is short</source>
            <translation>bei knappem Speicher</translation>
        </message>
        <message>
            <source>always</source>
            <translation>immer</translation>
        </message>
        <message>
            <source>Trade time for memory: activations are computed again.</source>
            <translation>Zeit gegen Speicher tauschen: Aktivierungen werden noch einmal berechnet.</translation>
        </message>
        <message>
            <source>Evaluate every</source>
            <translation>Auswerten alle</translation>
        </message>
        <message>
            <source>Measure the loss on the dataset's eval split. Empty: never.</source>
            <translation>Den Verlust auf dem Eval-Split des Datensatzes messen. Leer: nie.</translation>
        </message>
        <message>
            <source>Probe every</source>
            <translation>Probe alle</translation>
        </message>
        <message>
            <source>Score held-out questions and show some answers. Empty: never.</source>
            <translation>Zurückgehaltene Fragen bewerten und einige Antworten zeigen. Leer: nie.</translation>
        </message>
        <message>
            <source>Probe questions</source>
            <translation>Probefragen</translation>
        </message>
        <message>
            <source>How many held-out questions each probe scores.</source>
            <translation>Wie viele zurückgehaltene Fragen jede Probe bewertet.</translation>
        </message>
        <message>
            <source>questions</source>
            <translation>Fragen</translation>
        </message>
        <message>
            <source>Checkpoint every</source>
            <translation>Checkpoint alle</translation>
        </message>
        <message>
            <source>A stopped training goes on from its newest checkpoint. Empty: only when stopped.</source>
            <translation>Ein gestopptes Training geht ab seinem neuesten Checkpoint weiter. Leer: nur beim Stoppen.</translation>
        </message>
        <message>
            <source>Output folder</source>
            <translation>Ausgabeordner</translation>
        </message>
        <message>
            <source>Where the adapter is written.</source>
            <translation>Wohin der Adapter geschrieben wird.</translation>
        </message>
        <message>
            <source>in the project's folder</source>
            <translation>im Projektordner</translation>
        </message>
    </context>
    <context>
        <name>plots</name>
        <message>
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>Held-out loss</source>
            <translation>Verlust auf zurückgehaltenen Daten</translation>
        </message>
        <message>
            <source>Probe accuracy</source>
            <translation>Genauigkeit der Probe</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>Lernrate</translation>
        </message>
        <message>
            <source>Gradient norm</source>
            <translation>Gradientennorm</translation>
        </message>
        <message>
            <source>Throughput</source>
            <translation>Durchsatz</translation>
        </message>
        <message>
            <source>tokens/s</source>
            <translation>Token/s</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>MiB</source>
            <translation>MiB</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>Beispiele</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Time (%1)</source>
            <translation>Zeit (%1)</translation>
        </message>
        <message numerus="yes">
            <source>+ %n more</source>
            <translation>
                <numerusform>+ %n weitere</numerusform>
                <numerusform>+ %n weitere</numerusform>
            </translation>
        </message>
        <message>
            <source>h:min</source>
            <translation>h:min</translation>
        </message>
        <message>
            <source>min:s</source>
            <translation>min:s</translation>
        </message>
        <message>
            <source>s</source>
            <translation>s</translation>
        </message>
        <message>
            <source>PNG picture (*.png)</source>
            <translation>PNG-Bild (*.png)</translation>
        </message>
        <message>
            <source>PDF document (*.pdf)</source>
            <translation>PDF-Dokument (*.pdf)</translation>
        </message>
        <message>
            <source>SVG drawing (*.svg)</source>
            <translation>SVG-Zeichnung (*.svg)</translation>
        </message>
        <message>
            <source>CSV table (*.csv)</source>
            <translation>CSV-Tabelle (*.csv)</translation>
        </message>
        <message>
            <source>Save plot</source>
            <translation>Diagramm speichern</translation>
        </message>
        <message>
            <source>&amp;Copy picture</source>
            <translation>Bild &amp;kopieren</translation>
        </message>
        <message>
            <source>&amp;Save picture…</source>
            <translation>Bild &amp;speichern…</translation>
        </message>
        <message>
            <source>Save &amp;data…</source>
            <translation>&amp;Daten speichern…</translation>
        </message>
        <message>
            <source>per token</source>
            <translation>je Token</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::AboutDialog</name>
        <message>
            <source>About Wordsight</source>
            <translation>Über Wordsight</translation>
        </message>
        <message>
            <source>&lt;h3&gt;Wordsight %1&lt;/h3&gt;&lt;p&gt;A workbench for teaching vision-language models with text, after &lt;a href="https://arxiv.org/abs/2503.16965"&gt;arXiv 2503.16965&lt;/a&gt;.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later; there is no warranty.&lt;/p&gt;&lt;p&gt;It stands on Qt %2, libtorch, QCustomPlot, SQLite with SQLiteCpp, OpenCV, PCRE2, utf8proc, Boost.Math, nlohmann-json, spdlog and CLI11.&lt;/p&gt;</source>
            <translation>&lt;h3&gt;Wordsight %1&lt;/h3&gt;&lt;p&gt;Eine Werkbank, um Bild-Sprach-Modelle mit Text zu trainieren, nach &lt;a href="https://arxiv.org/abs/2503.16965"&gt;arXiv 2503.16965&lt;/a&gt;.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später; ohne jede Gewährleistung.&lt;/p&gt;&lt;p&gt;Sie beruht auf Qt %2, libtorch, QCustomPlot, SQLite mit SQLiteCpp, OpenCV, PCRE2, utf8proc, Boost.Math, nlohmann-json, spdlog und CLI11.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Close this window</source>
            <translation>Dieses Fenster schließen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::AnswersModel</name>
        <message>
            <source>Before training</source>
            <translation>Vor dem Training</translation>
        </message>
        <message>
            <source>Step %1</source>
            <translation>Schritt %1</translation>
        </message>
        <message>
            <source>%1 (latest)</source>
            <translation>%1 (zuletzt)</translation>
        </message>
        <message>
            <source>Question %1</source>
            <translation>Frage %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::AnswersPanel</name>
        <message>
            <source>Answers by step and question</source>
            <translation>Antworten nach Schritt und Frage</translation>
        </message>
        <message>
            <source>The question</source>
            <translation>Die Frage</translation>
        </message>
        <message>
            <source>The answer, compared with the one before training</source>
            <translation>Die Antwort, verglichen mit der vor dem Training</translation>
        </message>
        <message>
            <source>No answers yet</source>
            <translation>Noch keine Antworten</translation>
        </message>
        <message>
            <source>At each probe, the same few held-out questions are answered here, so that you see how the answers change. This needs a dataset with an eval split and "Probe every" set.</source>
            <translation>Bei jeder Probe werden hier dieselben wenigen zurückgehaltenen Fragen beantwortet, sodass sichtbar wird, wie sich die Antworten ändern. Nötig sind ein Datensatz mit Eval-Split und ein Wert bei „Probe alle“.</translation>
        </message>
        <message>
            <source>Question %1</source>
            <translation>Frage %1</translation>
        </message>
        <message>
            <source>%1, compared with before</source>
            <translation>%1, verglichen mit vorher</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::Application</name>
        <message>
            <source>The workbench for teaching vision-language models with text. wordsight-cli does the same from a terminal.</source>
            <translation>Die Werkbank, um Bild-Sprach-Modelle mit Text zu trainieren. wordsight-cli leistet dasselbe im Terminal.</translation>
        </message>
        <message>
            <source>A project file, NAME.wordsight</source>
            <translation>Eine Projektdatei, NAME.wordsight</translation>
        </message>
        <message>
            <source>Open the demo project</source>
            <translation>Demo-Projekt öffnen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::BadgeHeader</name>
        <message>
            <source>key</source>
            <translation>Schlüssel</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::BenchmarkImport</name>
        <message>
            <source>Choose the annotation file</source>
            <translation>Annotationsdatei wählen</translation>
        </message>
        <message>
            <source>Annotations (*.json);;All files (*)</source>
            <translation>Annotationen (*.json);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Choose the folder of pictures</source>
            <translation>Bilderordner wählen</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Wird gelesen…</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>JSON file in VIVA's form; it may be dropped here</source>
            <translation>JSON-Datei im Format von VIVA; kann hier abgelegt werden</translation>
        </message>
        <message>
            <source>Optional; pictures can be joined later</source>
            <translation>Optional; Bilder lassen sich später zuordnen</translation>
        </message>
        <message>
            <source>Name of the benchmark</source>
            <translation>Name des Benchmarks</translation>
        </message>
        <message>
            <source>What it is called in this project</source>
            <translation>Wie er in diesem Projekt heißt</translation>
        </message>
        <message>
            <source>Read the file, repair what can be repaired, and report the rest</source>
            <translation>Datei lesen, Reparierbares reparieren und den Rest melden</translation>
        </message>
        <message>
            <source>Close this form</source>
            <translation>Dieses Formular schließen</translation>
        </message>
        <message>
            <source>Annotations</source>
            <translation>Annotationen</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::BenchmarkReportPanel</name>
        <message>
            <source>Choose the folder of pictures</source>
            <translation>Bilderordner wählen</translation>
        </message>
        <message>
            <source>Join pictures…</source>
            <translation>Bilder zuordnen…</translation>
        </message>
        <message>
            <source>Choose the folder where this benchmark's pictures are</source>
            <translation>Den Ordner wählen, in dem die Bilder dieses Benchmarks liegen</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importieren…</translation>
        </message>
        <message>
            <source>Read another benchmark</source>
            <translation>Einen weiteren Benchmark einlesen</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>The selected rows, or all that are shown, as lines with tabs</source>
            <translation>Die ausgewählten oder alle gezeigten Zeilen, mit Tabulatoren getrennt</translation>
        </message>
        <message>
            <source>Copy missing files</source>
            <translation>Fehlende Dateien kopieren</translation>
        </message>
        <message>
            <source>Names of the pictures that are missing</source>
            <translation>Namen der fehlenden Bilder</translation>
        </message>
        <message>
            <source>Filter issues</source>
            <translation>Probleme filtern</translation>
        </message>
        <message>
            <source>Part of any column</source>
            <translation>Teil einer beliebigen Spalte</translation>
        </message>
        <message>
            <source>Only issues of one kind</source>
            <translation>Nur Probleme einer Art</translation>
        </message>
        <message>
            <source>Issues of the benchmark</source>
            <translation>Probleme des Benchmarks</translation>
        </message>
        <message>
            <source>All kinds</source>
            <translation>Alle Arten</translation>
        </message>
        <message>
            <source>This project is open for reading only</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet</translation>
        </message>
        <message>
            <source>No benchmark</source>
            <translation>Kein Benchmark</translation>
        </message>
        <message>
            <source>Import a benchmark to see what is in it.</source>
            <translation>Einen Benchmark importieren, um zu sehen, was er enthält.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln items</source>
            <translation>
                <numerusform>%Ln Aufgabe</numerusform>
                <numerusform>%Ln Aufgaben</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 can be scored</source>
            <translation>%1 bewertbar</translation>
        </message>
        <message numerus="yes">
            <source>%Ln keys missing</source>
            <translation>
                <numerusform>%Ln Schlüssel fehlt</numerusform>
                <numerusform>%Ln Schlüssel fehlen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln of them read from elsewhere</source>
            <translation>
                <numerusform>%Ln davon anderswo gelesen</numerusform>
                <numerusform>%Ln davon anderswo gelesen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln left out</source>
            <translation>
                <numerusform>%Ln ausgelassen</numerusform>
                <numerusform>%Ln ausgelassen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln NaN</source>
            <translation>
                <numerusform>%Ln NaN</numerusform>
                <numerusform>%Ln NaN</numerusform>
            </translation>
        </message>
        <message>
            <source>Read from %1</source>
            <translation>Gelesen aus %1</translation>
        </message>
        <message>
            <source>No pictures are joined yet; images cannot be asked about</source>
            <translation>Noch keine Bilder zugeordnet; nach Bildern kann nicht gefragt werden</translation>
        </message>
        <message>
            <source>%1 of %2 pictures found</source>
            <translation>%1 von %2 Bildern gefunden</translation>
        </message>
        <message>
            <source> in %1</source>
            <translation> in %1</translation>
        </message>
        <message>
            <source>Nothing was wrong with this benchmark's file.</source>
            <translation>Mit der Datei dieses Benchmarks war alles in Ordnung.</translation>
        </message>
        <message>
            <source>Nothing was wrong with this benchmark: every item has its key, its options and its picture.</source>
            <translation>Mit diesem Benchmark war alles in Ordnung: Jede Aufgabe hat ihren Schlüssel, ihre Optionen und ihr Bild.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln issues</source>
            <translation>
                <numerusform>%Ln Problem</numerusform>
                <numerusform>%Ln Probleme</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 of %2 issues</source>
            <translation>%1 von %2 Problemen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::BulkPanel</name>
        <message>
            <source>What the buttons beside act on</source>
            <translation>Worauf die Schaltflächen daneben wirken</translation>
        </message>
        <message>
            <source>Accept…</source>
            <translation>Annehmen…</translation>
        </message>
        <message>
            <source>Accept many at once; shows first what would happen</source>
            <translation>Viele auf einmal annehmen; zeigt zuerst, was geschehen würde</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>Ablehnen…</translation>
        </message>
        <message>
            <source>Reject many at once; shows first what would happen</source>
            <translation>Viele auf einmal ablehnen; zeigt zuerst, was geschehen würde</translation>
        </message>
        <message>
            <source>Undecided…</source>
            <translation>Unentschieden…</translation>
        </message>
        <message>
            <source>Leave many undecided; shows first what would happen</source>
            <translation>Viele unentschieden lassen; zeigt zuerst, was geschehen würde</translation>
        </message>
        <message>
            <source>Reshuffle…</source>
            <translation>Neu mischen…</translation>
        </message>
        <message>
            <source>Give the options new orders, so that every letter is as often right; shows first what would happen</source>
            <translation>Den Optionen neue Reihenfolgen geben, sodass jeder Buchstabe gleich oft richtig ist; zeigt zuerst, was geschehen würde</translation>
        </message>
        <message>
            <source>Replace…</source>
            <translation>Ersetzen…</translation>
        </message>
        <message>
            <source>Find and replace text; shows first what would happen</source>
            <translation>Text suchen und ersetzen; zeigt zuerst, was geschehen würde</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Text to find</source>
            <translation>Zu suchender Text</translation>
        </message>
        <message>
            <source>Replace with</source>
            <translation>Ersetzen durch</translation>
        </message>
        <message>
            <source>Text to put in its place</source>
            <translation>Text, der an seine Stelle tritt</translation>
        </message>
        <message>
            <source>Match case</source>
            <translation>Groß-/Kleinschreibung</translation>
        </message>
        <message>
            <source>Whole words</source>
            <translation>Ganze Wörter</translation>
        </message>
        <message>
            <source>Situation</source>
            <translation>Situation</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>Optionen</translation>
        </message>
        <message>
            <source>Rationale</source>
            <translation>Begründung</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>Kategorie</translation>
        </message>
        <message>
            <source>In</source>
            <translation>In</translation>
        </message>
        <message>
            <source>seed </source>
            <translation>Seed </translation>
        </message>
        <message>
            <source>The same seed gives the same orders again</source>
            <translation>Derselbe Seed ergibt wieder dieselben Reihenfolgen</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Apply</source>
            <translation>Anwenden</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Close without changing anything</source>
            <translation>Schließen, ohne etwas zu ändern</translation>
        </message>
        <message>
            <source>All %1 shown</source>
            <translation>Alle %1 gezeigten</translation>
        </message>
        <message>
            <source>%1 selected</source>
            <translation>%1 ausgewählt</translation>
        </message>
        <message>
            <source>This project is open for reading only.</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>Accept many</source>
            <translation>Viele annehmen</translation>
        </message>
        <message>
            <source>Reject many</source>
            <translation>Viele ablehnen</translation>
        </message>
        <message>
            <source>Leave many undecided</source>
            <translation>Viele unentschieden lassen</translation>
        </message>
        <message>
            <source>Reshuffle options</source>
            <translation>Optionen neu mischen</translation>
        </message>
        <message>
            <source>Replace text</source>
            <translation>Text ersetzen</translation>
        </message>
        <message>
            <source>Say what to find.</source>
            <translation>Angeben, was gesucht wird.</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>Wird gesucht…</translation>
        </message>
        <message>
            <source>Apply to %1</source>
            <translation>Auf %1 anwenden</translation>
        </message>
        <message>
            <source>Scenario %1</source>
            <translation>Szenario %1</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>%1 matches in %2 of %3 scenarios.</source>
            <translation>%1 Treffer in %2 von %3 Szenarien.</translation>
        </message>
        <message>
            <source>%1 of %2 scenarios would change.</source>
            <translation>%1 von %2 Szenarien würden sich ändern.</translation>
        </message>
        <message>
            <source>%1 of them have errors and would be left out of training:</source>
            <translation>%1 davon haben Fehler und würden beim Training ausgelassen:</translation>
        </message>
        <message>
            <source>%1 of them would get an error by it.</source>
            <translation>%1 davon bekämen dadurch einen Fehler.</translation>
        </message>
        <message>
            <source>The first %1 are shown.</source>
            <translation>Die ersten %1 werden gezeigt.</translation>
        </message>
        <message>
            <source>Working: %1</source>
            <translation>In Arbeit: %1</translation>
        </message>
        <message>
            <source>%1 scenarios changed. Ctrl+Z in the table takes it back.</source>
            <translation>%1 Szenarien geändert. Strg+Z in der Tabelle macht es rückgängig.</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Neu</translation>
        </message>
        <message>
            <source>Add an empty scenario and write it by hand</source>
            <translation>Ein leeres Szenario hinzufügen und von Hand schreiben</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Progress of the change</source>
            <translation>Fortschritt der Änderung</translation>
        </message>
        <message>
            <source>Stop; nothing of this change is kept</source>
            <translation>Anhalten; nichts von dieser Änderung bleibt</translation>
        </message>
        <message>
            <source>%1 keep their order, because their text names an option in a way that cannot be moved for sure.</source>
            <translation>%1 behalten ihre Reihenfolge, weil ihr Text eine Option so nennt, dass sie sich nicht sicher umstellen lässt.</translation>
        </message>
        <message>
            <source>%1 scenario changed. Ctrl+Z in the table takes it back.</source>
            <translation>%1 Szenario geändert. Strg+Z in der Tabelle nimmt es zurück.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CategoryPlot</name>
        <message>
            <source>Accuracy (%)</source>
            <translation>Genauigkeit (%)</translation>
        </message>
        <message>
            <source>no answers</source>
            <translation>keine Antworten</translation>
        </message>
        <message>
            <source>%1, n %2</source>
            <translation>%1, n %2</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CellChip</name>
        <message>
            <source>not compared</source>
            <translation>nicht verglichen</translation>
        </message>
        <message>
            <source>accuracy %1, %2</source>
            <translation>Genauigkeit %1, %2</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>%1 (run %2): %3.
Click to take it in or leave it out.</source>
            <translation>%1 (Lauf %2): %3.
Klicken, um sie aufzunehmen oder auszulassen.</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>ausgelassen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CellMatrix</name>
        <message>
            <source>The situation is told in words</source>
            <translation>Die Situation wird in Worten beschrieben</translation>
        </message>
        <message>
            <source>The situation is shown as a picture</source>
            <translation>Die Situation wird als Bild gezeigt</translation>
        </message>
        <message>
            <source>Only the options are given: what guessing from their wording reaches</source>
            <translation>Nur die Optionen werden genannt: was Raten anhand ihres Wortlauts erreicht</translation>
        </message>
        <message>
            <source>%1. Click to tick the column.</source>
            <translation>%1. Klicken, um die Spalte anzukreuzen.</translation>
        </message>
        <message>
            <source>Tick the column %1</source>
            <translation>Spalte %1 ankreuzen</translation>
        </message>
        <message>
            <source>base</source>
            <translation>base</translation>
        </message>
        <message>
            <source>tuned</source>
            <translation>tuned</translation>
        </message>
        <message>
            <source>%1. Click to tick the row.</source>
            <translation>%1. Klicken, um die Zeile anzukreuzen.</translation>
        </message>
        <message>
            <source>The model with the adapter: %1</source>
            <translation>Das Modell mit dem Adapter: %1</translation>
        </message>
        <message>
            <source>The model as it is: %1</source>
            <translation>Das Modell, wie es ist: %1</translation>
        </message>
        <message>
            <source>Tick the row %1</source>
            <translation>Zeile %1 ankreuzen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CellRow</name>
        <message>
            <source>Raw answer, and what the model was shown</source>
            <translation>Rohantwort und was dem Modell gezeigt wurde</translation>
        </message>
        <message>
            <source>Say which option this answer means (O)</source>
            <translation>Angeben, welche Option diese Antwort meint (O)</translation>
        </message>
        <message>
            <source>Override</source>
            <translation>Von Hand ändern</translation>
        </message>
        <message>
            <source>How long the answer took</source>
            <translation>Wie lange die Antwort dauerte</translation>
        </message>
        <message>
            <source>Read by: %1</source>
            <translation>Regel: %1</translation>
        </message>
        <message>
            <source>Overridden by %1 (was %2)</source>
            <translation>Von Hand geändert von %1 (vorher %2)</translation>
        </message>
        <message>
            <source>a person</source>
            <translation>einer Person</translation>
        </message>
        <message>
            <source>Recorded from a file; the prompt is not known. By its arm: %1.</source>
            <translation>Aus einer Datei aufgezeichnet; der Prompt ist nicht bekannt. Dem Arm nach: %1.</translation>
        </message>
        <message>
            <source>The prompt's file is not there any more. By its arm: %1.</source>
            <translation>Die Datei des Prompts ist nicht mehr da. Dem Arm nach: %1.</translation>
        </message>
        <message>
            <source>[picture]</source>
            <translation>[Bild]</translation>
        </message>
        <message>
            <source>Asked %1 times, with the options moved on by one place each.</source>
            <translation>%1-mal gefragt, die Optionen jeweils um einen Platz weitergerückt.</translation>
        </message>
        <message>
            <source>Raw answer:</source>
            <translation>Rohantwort:</translation>
        </message>
        <message>
            <source>none: only the probabilities of the letters were asked for</source>
            <translation>keine: Nur die Wahrscheinlichkeiten der Buchstaben wurden abgefragt</translation>
        </message>
        <message>
            <source>Read by rule: %1, %2</source>
            <translation>Nach Regel gelesen: %1, %2</translation>
        </message>
        <message>
            <source>Shown to the model:</source>
            <translation>Dem Modell gezeigt:</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CellTable</name>
        <message>
            <source>picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>caption</source>
            <translation>Bildunterschrift</translation>
        </message>
        <message>
            <source>blind</source>
            <translation>blind</translation>
        </message>
        <message>
            <source>Accuracy by model and arm: %1</source>
            <translation>Genauigkeit nach Modell und Arm: %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CellTile</name>
        <message>
            <source>not run</source>
            <translation>nicht gelaufen</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>running, %1</source>
            <translation>läuft, %1</translation>
        </message>
        <message>
            <source>starting</source>
            <translation>startet</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>pausiert</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>gestoppt</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>fehlgeschlagen</translation>
        </message>
        <message>
            <source>%1–%2</source>
            <translation>%1–%2</translation>
        </message>
        <message>
            <source>n = %1</source>
            <translation>n = %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CellsBar</name>
        <message>
            <source>%1 (run %2)</source>
            <translation>%1 (Lauf %2)</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>Choose which evaluations stand side by side</source>
            <translation>Wählen, welche Auswertungen nebeneinanderstehen</translation>
        </message>
        <message>
            <source>Published</source>
            <translation>Veröffentlicht</translation>
        </message>
        <message>
            <source>Show the figures published for this benchmark (arXiv 2503.16965 v1) as dashed lines</source>
            <translation>Die für diesen Benchmark veröffentlichten Werte (arXiv 2503.16965 v1) als gestrichelte Linien zeigen</translation>
        </message>
        <message>
            <source>run %1</source>
            <translation>Lauf %1</translation>
        </message>
        <message>
            <source>n %1</source>
            <translation>n %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CellsPanel</name>
        <message>
            <source>Compare these</source>
            <translation>Diese vergleichen</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>The results that are shown here, side by side, item by item</source>
            <translation>Die hier gezeigten Ergebnisse nebeneinander, Aufgabe für Aufgabe</translation>
        </message>
        <message>
            <source>Go on where it was stopped; answers that are there stay</source>
            <translation>Dort weitermachen, wo gestoppt wurde; vorhandene Antworten bleiben</translation>
        </message>
        <message>
            <source>No project is open</source>
            <translation>Kein Projekt geöffnet</translation>
        </message>
        <message>
            <source>This project is open for reading only</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet</translation>
        </message>
        <message>
            <source>Import a benchmark first</source>
            <translation>Zuerst einen Benchmark importieren</translation>
        </message>
        <message>
            <source>Choose a model first</source>
            <translation>Zuerst ein Modell wählen</translation>
        </message>
        <message>
            <source>Reading the model…</source>
            <translation>Modell wird gelesen…</translation>
        </message>
        <message>
            <source>This model cannot be used</source>
            <translation>Dieses Modell ist nicht verwendbar</translation>
        </message>
        <message>
            <source>needs an adapter</source>
            <translation>braucht einen Adapter</translation>
        </message>
        <message>
            <source>reading the adapter…</source>
            <translation>Adapter wird gelesen…</translation>
        </message>
        <message>
            <source>this adapter cannot be used</source>
            <translation>dieser Adapter ist nicht verwendbar</translation>
        </message>
        <message>
            <source>this model reads text only</source>
            <translation>dieses Modell liest nur Text</translation>
        </message>
        <message>
            <source>no pictures are joined</source>
            <translation>keine Bilder zugeordnet</translation>
        </message>
        <message>
            <source>Run ticked cells</source>
            <translation>Angekreuzte Zellen starten</translation>
        </message>
        <message numerus="yes">
            <source>Run %Ln cells</source>
            <translation>
                <numerusform>%Ln Zelle starten</numerusform>
                <numerusform>%Ln Zellen starten</numerusform>
            </translation>
        </message>
        <message>
            <source>Tick the cells that are to be asked</source>
            <translation>Die Zellen ankreuzen, die gefragt werden sollen</translation>
        </message>
        <message>
            <source>Queue the ticked cells, one after another (Ctrl+Return)</source>
            <translation>Die angekreuzten Zellen nacheinander einreihen (Strg+Return)</translation>
        </message>
        <message numerus="yes">
            <source>%Ln evaluations were stopped before their end.</source>
            <translation>
                <numerusform>%Ln Auswertung wurde vor dem Ende gestoppt.</numerusform>
                <numerusform>%Ln Auswertungen wurden vor dem Ende gestoppt.</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 was stopped after %2 of %3 answers.</source>
            <translation>%1 wurde nach %2 von %3 Antworten gestoppt.</translation>
        </message>
        <message>
            <source>%1 was stopped before its end.</source>
            <translation>%1 wurde vor dem Ende gestoppt.</translation>
        </message>
        <message>
            <source>Resume all</source>
            <translation>Alle fortsetzen</translation>
        </message>
        <message>
            <source>%1 failed. %2</source>
            <translation>%1 fehlgeschlagen. %2</translation>
        </message>
        <message>
            <source>other settings</source>
            <translation>andere Einstellungen</translation>
        </message>
        <message>
            <source>Run 1 cell</source>
            <translation>1 Zelle ausführen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::Chart</name>
        <message>
            <source>Nothing to show yet.</source>
            <translation>Noch nichts zu zeigen.</translation>
        </message>
        <message>
            <source>plot</source>
            <translation>diagramm</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ChecksPanel</name>
        <message>
            <source>Not checked yet</source>
            <translation>Noch nicht geprüft</translation>
        </message>
        <message>
            <source>A check of all scenarios looks for uneven letters, keys that give themselves away by their length, duplicates and faulty items.</source>
            <translation>Eine Prüfung aller Szenarien sucht nach ungleich verteilten Buchstaben, Schlüsseln, die sich durch ihre Länge verraten, Duplikaten und fehlerhaften Szenarien.</translation>
        </message>
        <message>
            <source>Check all</source>
            <translation>Alle prüfen</translation>
        </message>
        <message>
            <source>Check all scenarios that are not rejected, in the background</source>
            <translation>Alle nicht abgelehnten Szenarien im Hintergrund prüfen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Stop the check; nothing of it is kept</source>
            <translation>Die Prüfung stoppen; von ihr wird nichts behalten</translation>
        </message>
        <message>
            <source>Progress of the check</source>
            <translation>Fortschritt der Prüfung</translation>
        </message>
        <message>
            <source>Reshuffle…</source>
            <translation>Neu mischen…</translation>
        </message>
        <message>
            <source>New orders of options make every letter as often right; shows first what would happen</source>
            <translation>Neue Reihenfolgen der Optionen machen jeden Buchstaben gleich oft richtig; zeigt zuerst, was geschehen würde</translation>
        </message>
        <message>
            <source>Letters of the right options</source>
            <translation>Buchstaben der richtigen Optionen</translation>
        </message>
        <message>
            <source>Lengths of options</source>
            <translation>Längen der Optionen</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>Was gefunden wurde</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>Befund</translation>
        </message>
        <message>
            <source>Scenarios</source>
            <translation>Szenarien</translation>
        </message>
        <message>
            <source>Groups of duplicates</source>
            <translation>Gruppen von Duplikaten</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>Nummern</translation>
        </message>
        <message>
            <source>Right option</source>
            <translation>Richtige Option</translation>
        </message>
        <message>
            <source>Found in single scenarios</source>
            <translation>In einzelnen Szenarien gefunden</translation>
        </message>
        <message>
            <source>Duplicates</source>
            <translation>Duplikate</translation>
        </message>
        <message>
            <source>Check scenarios</source>
            <translation>Szenarien prüfen</translation>
        </message>
        <message>
            <source>This project is open for reading only.</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Wird geprüft…</translation>
        </message>
        <message>
            <source>Checked %1: %2 scenarios.</source>
            <translation>Geprüft %1: %2 Szenarien.</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Erneut prüfen</translation>
        </message>
        <message>
            <source>Right options</source>
            <translation>Richtige Optionen</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
        <message>
            <source>Show the %1 scenarios whose key is %2</source>
            <translation>Die %1 Szenarien mit Schlüssel %2 zeigen</translation>
        </message>
        <message>
            <source>even</source>
            <translation>gleichmäßig</translation>
        </message>
        <message>
            <source>The letters are even enough (chi-square test, p = %1, n = %2).</source>
            <translation>Die Buchstaben sind gleichmäßig genug verteilt (Chi-Quadrat-Test, p = %1, n = %2).</translation>
        </message>
        <message>
            <source>The letters are uneven (chi-square test, p = %1, n = %2): a model can learn the letter instead of the decision.</source>
            <translation>Die Buchstaben sind ungleich verteilt (Chi-Quadrat-Test, p = %1, n = %2): Ein Modell kann den Buchstaben statt der Entscheidung lernen.</translation>
        </message>
        <message>
            <source>Other options</source>
            <translation>Andere Optionen</translation>
        </message>
        <message>
            <source>Characters, from</source>
            <translation>Zeichen, ab</translation>
        </message>
        <message>
            <source>Share of options, %</source>
            <translation>Anteil der Optionen, %</translation>
        </message>
        <message>
            <source>The right option is the longest in %1 of scenarios and the shortest in %2; %3 each would be even (n = %4).</source>
            <translation>Die richtige Option ist in %1 der Szenarien die längste und in %2 die kürzeste; je %3 wären gleichmäßig (n = %4).</translation>
        </message>
        <message>
            <source>Show these scenarios</source>
            <translation>Diese Szenarien zeigen</translation>
        </message>
        <message>
            <source>Found in single scenarios: %1 with errors, %2 with warnings</source>
            <translation>In einzelnen Szenarien gefunden: %1 mit Fehlern, %2 mit Warnungen</translation>
        </message>
        <message>
            <source>Nothing found in single scenarios</source>
            <translation>In einzelnen Szenarien nichts gefunden</translation>
        </message>
        <message>
            <source>≠ they differ</source>
            <translation>≠ verschieden</translation>
        </message>
        <message>
            <source>the same</source>
            <translation>gleich</translation>
        </message>
        <message>
            <source>No duplicates</source>
            <translation>Keine Duplikate</translation>
        </message>
        <message>
            <source>Duplicates: %1 groups, %2 of them with different right options</source>
            <translation>Duplikate: %1 Gruppen, %2 davon mit verschiedenen richtigen Optionen</translation>
        </message>
        <message>
            <source>%1 duplicates</source>
            <translation>%1 Duplikate</translation>
        </message>
        <message>
            <source>Checked %1: %2 scenarios. Some changed since: check again.</source>
            <translation>Geprüft %1: %2 Szenarien. Einige haben sich seither geändert: bitte neu prüfen.</translation>
        </message>
        <message>
            <source>Before later changes:</source>
            <translation>Vor späteren Änderungen:</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ChecksStrip</name>
        <message>
            <source>Checks: %1</source>
            <translation>Prüfungen: %1</translation>
        </message>
        <message>
            <source>Checks of all scenarios: %1. Press to see more.</source>
            <translation>Prüfungen aller Szenarien: %1. Drücken zeigt mehr.</translation>
        </message>
        <message>
            <source>not checked yet</source>
            <translation>noch nicht geprüft</translation>
        </message>
        <message>
            <source>letters even</source>
            <translation>Buchstaben ausgewogen</translation>
        </message>
        <message>
            <source>letters uneven</source>
            <translation>Buchstaben ungleich</translation>
        </message>
        <message>
            <source>key longest in %1</source>
            <translation>Schlüssel am längsten bei %1</translation>
        </message>
        <message>
            <source>duplicates: %1</source>
            <translation>Doppelte: %1</translation>
        </message>
        <message>
            <source>errors: %1</source>
            <translation>Fehler: %1</translation>
        </message>
        <message>
            <source>warnings: %1</source>
            <translation>Warnungen: %1</translation>
        </message>
        <message>
            <source>Checks</source>
            <translation>Prüfungen</translation>
        </message>
        <message>
            <source>before later changes:</source>
            <translation>vor späteren Änderungen:</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CommandLine</name>
        <message>
            <source>Command that does the same</source>
            <translation>Befehl, der dasselbe tut</translation>
        </message>
        <message>
            <source>Copy the command</source>
            <translation>Befehl kopieren</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CommandPalette</name>
        <message>
            <source>Type a page or an action</source>
            <translation>Seite oder Aktion eingeben</translation>
        </message>
        <message>
            <source>Matching pages and actions</source>
            <translation>Passende Seiten und Aktionen</translation>
        </message>
        <message>
            <source>No page or action is called “%1”. Fewer letters find more; what cannot be done now is left out.</source>
            <translation>Keine Seite oder Aktion heißt „%1“. Weniger Buchstaben finden mehr; was jetzt nicht möglich ist, fehlt hier.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CommandPanel</name>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Commands</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <source>Copy all lines</source>
            <translation>Alle Zeilen kopieren</translation>
        </message>
        <message>
            <source>Tick cells to see the commands that ask the same on a terminal.</source>
            <translation>Zellen ankreuzen, um die Befehle zu sehen, die im Terminal dasselbe fragen.</translation>
        </message>
        <message>
            <source>The ticked cells on a terminal:</source>
            <translation>Die angekreuzten Zellen im Terminal:</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CompareExport</name>
        <message>
            <source>Report with pictures (HTML)…</source>
            <translation>Bericht mit Bildern (HTML)…</translation>
        </message>
        <message>
            <source>One file that needs nothing else: statistics, every item, its picture and answers</source>
            <translation>Eine Datei, die sonst nichts braucht: Statistik, jede Aufgabe mit Bild und Antworten</translation>
        </message>
        <message>
            <source>CSV table (*.csv)</source>
            <translation>CSV-Tabelle (*.csv)</translation>
        </message>
        <message>
            <source>Items and answers (CSV)…</source>
            <translation>Aufgaben und Antworten (CSV)…</translation>
        </message>
        <message>
            <source>Cells (CSV)…</source>
            <translation>Zellen (CSV)…</translation>
        </message>
        <message>
            <source>Pairs of cells (CSV)…</source>
            <translation>Zellenpaare (CSV)…</translation>
        </message>
        <message>
            <source>Tables for a paper (LaTeX)…</source>
            <translation>Tabellen für ein Paper (LaTeX)…</translation>
        </message>
        <message>
            <source>LaTeX (*.tex)</source>
            <translation>LaTeX (*.tex)</translation>
        </message>
        <message>
            <source>Statistics as a picture (PNG)…</source>
            <translation>Statistik als Bild (PNG)…</translation>
        </message>
        <message>
            <source>The statistics at the bottom of this page as they are shown</source>
            <translation>Die Statistik unten auf dieser Seite, wie sie gezeigt wird</translation>
        </message>
        <message>
            <source>Plot “%1”…</source>
            <translation>Diagramm „%1“…</translation>
        </message>
        <message>
            <source>As PNG, PDF or SVG, or its numbers as CSV</source>
            <translation>Als PNG, PDF oder SVG oder die Zahlen als CSV</translation>
        </message>
        <message>
            <source>Copy the command</source>
            <translation>Befehl kopieren</translation>
        </message>
        <message>
            <source>The command line that makes the same comparison</source>
            <translation>Die Befehlszeile, die denselben Vergleich erstellt</translation>
        </message>
        <message>
            <source>Save statistics</source>
            <translation>Statistik speichern</translation>
        </message>
        <message>
            <source>PNG picture (*.png)</source>
            <translation>PNG-Bild (*.png)</translation>
        </message>
        <message>
            <source>Save report</source>
            <translation>Bericht speichern</translation>
        </message>
        <message>
            <source>HTML page (*.html)</source>
            <translation>HTML-Seite (*.html)</translation>
        </message>
        <message>
            <source>%1: comparison on %2</source>
            <translation>%1: Vergleich auf %2</translation>
        </message>
        <message>
            <source>Report: %1</source>
            <translation>Bericht: %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CompareItemModel</name>
        <message>
            <source>Item %1, key %2.</source>
            <translation>Aufgabe %1, Schlüssel %2.</translation>
        </message>
        <message>
            <source>%1: %2, right.</source>
            <translation>%1: %2, richtig.</translation>
        </message>
        <message>
            <source>%1: %2, wrong.</source>
            <translation>%1: %2, falsch.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ComparePage</name>
        <message>
            <source>Evaluate a model</source>
            <translation>Modell auswerten</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Go to the Evaluate page</source>
            <translation>Zur Seite „Auswerten“ gehen</translation>
        </message>
        <message>
            <source>Open it in the program that the desktop has for it</source>
            <translation>Mit dem Standardprogramm des Desktops öffnen</translation>
        </message>
        <message>
            <source>This project is open for reading only; nothing can be decided in it.</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet; nichts kann darin entschieden werden.</translation>
        </message>
        <message>
            <source>The first %1 of %2 evaluations stand side by side; more don't fit.</source>
            <translation>Die ersten %1 von %2 Auswertungen stehen nebeneinander; mehr passen nicht.</translation>
        </message>
        <message>
            <source>Nothing to compare yet</source>
            <translation>Noch nichts zu vergleichen</translation>
        </message>
        <message>
            <source>Here stand the answers of up to six evaluations side by side, picture by picture: the base model and the tuned one, asked about the image, about a caption, or blind. Evaluate a model first, or read recorded answers.</source>
            <translation>Hier stehen die Antworten von bis zu sechs Auswertungen nebeneinander, Bild für Bild: Basismodell und angepasstes Modell, gefragt zum Bild, zu einer Bildunterschrift oder blind. Zuerst ein Modell auswerten oder aufgezeichnete Antworten einlesen.</translation>
        </message>
        <message>
            <source>No project is open</source>
            <translation>Kein Projekt geöffnet</translation>
        </message>
        <message>
            <source>Open a project to compare what its models answered.</source>
            <translation>Ein Projekt öffnen, um die Antworten seiner Modelle zu vergleichen.</translation>
        </message>
        <message>
            <source>Saved to %1.</source>
            <translation>Gespeichert unter %1.</translation>
        </message>
        <message>
            <source>override of %1, item %2</source>
            <translation>Änderung von Hand an %1, Aufgabe %2</translation>
        </message>
        <message>
            <source>withdrawal of the override of %1, item %2</source>
            <translation>Rücknahme der Änderung von Hand an %1, Aufgabe %2</translation>
        </message>
        <message>
            <source>No item matches. Take a filter away.</source>
            <translation>Keine Aufgabe passt. Einen Filter entfernen.</translation>
        </message>
        <message>
            <source>↑ ↓ walk   Space zoom   O override   F filter</source>
            <translation>↑ ↓ blättern   Leertaste Zoom   O von Hand ändern   F filtern</translation>
        </message>
        <message>
            <source>Next item</source>
            <translation>Nächste Aufgabe</translation>
        </message>
        <message>
            <source>Previous item</source>
            <translation>Vorige Aufgabe</translation>
        </message>
        <message>
            <source>First item</source>
            <translation>Erste Aufgabe</translation>
        </message>
        <message>
            <source>Last item</source>
            <translation>Letzte Aufgabe</translation>
        </message>
        <message>
            <source>Filter items</source>
            <translation>Aufgaben filtern</translation>
        </message>
        <message>
            <source>Comparing…</source>
            <translation>Vergleich läuft…</translation>
        </message>
        <message>
            <source>Override an answer; again for the next cell</source>
            <translation>Eine Antwort von Hand ändern; nochmals für die nächste Zelle</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CurveGroup</name>
        <message>
            <source>No points yet.</source>
            <translation>Noch keine Punkte.</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>Beispiele</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>What the curves are drawn over</source>
            <translation>Worüber die Kurven gezeichnet werden</translation>
        </message>
        <message>
            <source>x axis</source>
            <translation>x-Achse</translation>
        </message>
        <message>
            <source>&amp;x axis</source>
            <translation>&amp;x-Achse</translation>
        </message>
        <message>
            <source>Exponential mean over the curve; the raw one stays visible behind it. 0 shows it alone.</source>
            <translation>Exponentielles Mittel über die Kurve; die rohe bleibt dahinter sichtbar. 0 zeigt nur sie.</translation>
        </message>
        <message>
            <source>Smoothing</source>
            <translation>Glättung</translation>
        </message>
        <message>
            <source>0.00</source>
            <translation>0,00</translation>
        </message>
        <message>
            <source>&amp;Smoothing</source>
            <translation>&amp;Glättung</translation>
        </message>
        <message>
            <source>&amp;Curves</source>
            <translation>&amp;Kurven</translation>
        </message>
        <message>
            <source>Choose the curves that are shown</source>
            <translation>Wählen, welche Kurven gezeigt werden</translation>
        </message>
        <message>
            <source>Save &amp;all</source>
            <translation>&amp;Alle speichern</translation>
        </message>
        <message>
            <source>Save all shown curves as a picture or as data</source>
            <translation>Alle gezeigten Kurven als Bild oder als Daten speichern</translation>
        </message>
        <message>
            <source>curves</source>
            <translation>kurven</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CurveLegend</name>
        <message>
            <source>Runs in the plot</source>
            <translation>Läufe im Diagramm</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CurveOverlay</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n weitere</numerusform>
                <numerusform>%n weitere</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CurvePlot</name>
        <message>
            <source>curves</source>
            <translation>kurven</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>smooth</source>
            <translation>geglättet</translation>
        </message>
        <message>
            <source>raw</source>
            <translation>roh</translation>
        </message>
        <message>
            <source>&amp;Reset zoom</source>
            <translation>Zoom &amp;zurücksetzen</translation>
        </message>
        <message>
            <source>&amp;Logarithmic y axis</source>
            <translation>&amp;Logarithmische y-Achse</translation>
        </message>
        <message>
            <source>No points yet.</source>
            <translation>Noch keine Punkte.</translation>
        </message>
        <message>
            <source>Reset zoom</source>
            <translation>Zoom zurücksetzen</translation>
        </message>
        <message>
            <source>Show all points again (double click, Home)</source>
            <translation>Alle Punkte wieder zeigen (Doppelklick, Pos1)</translation>
        </message>
        <message>
            <source>log</source>
            <translation>log</translation>
        </message>
        <message>
            <source>Logarithmic y axis</source>
            <translation>Logarithmische y-Achse</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>Kurven</translation>
        </message>
        <message>
            <source>Plot of %1. Left and right move the cursor, plus and minus zoom, Home shows everything.</source>
            <translation>Diagramm von %1. Links und rechts bewegen den Cursor, Plus und Minus zoomen, Pos1 zeigt alles.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CurveStrip</name>
        <message>
            <source>Loss of the newest training</source>
            <translation>Verlust des neuesten Trainings</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::DatasetsPanel</name>
        <message>
            <source>For example: accepted-1</source>
            <translation>Zum Beispiel: angenommen-1</translation>
        </message>
        <message>
            <source>A new name; training is told it</source>
            <translation>Ein neuer Name; das Training verwendet ihn</translation>
        </message>
        <message>
            <source>All that are not rejected</source>
            <translation>Alle, die nicht abgelehnt sind</translation>
        </message>
        <message>
            <source>What the filter shows</source>
            <translation>Was der Filter zeigt</translation>
        </message>
        <message>
            <source>Which scenarios are frozen, as they say now</source>
            <translation>Welche Szenarien im jetzigen Wortlaut eingefroren werden</translation>
        </message>
        <message>
            <source>The same seed splits the same way again</source>
            <translation>Derselbe Seed teilt wieder genauso auf</translation>
        </message>
        <message>
            <source>Freeze</source>
            <translation>Einfrieren</translation>
        </message>
        <message>
            <source>Keep these revisions under this name; later edits do not change it</source>
            <translation>Diese Revisionen unter diesem Namen festhalten; spätere Änderungen wirken sich nicht aus</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Scenarios</source>
            <translation>Szenarien</translation>
        </message>
        <message>
            <source>Splits</source>
            <translation>Aufteilung</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Freeze a dataset</source>
            <translation>Datensatz einfrieren</translation>
        </message>
        <message>
            <source>Datasets</source>
            <translation>Datensätze</translation>
        </message>
        <message>
            <source>Items</source>
            <translation>Szenarien</translation>
        </message>
        <message>
            <source>Hash</source>
            <translation>Hash</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>Eingefroren</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
        <message>
            <source>Show these scenarios in the table</source>
            <translation>Diese Szenarien in der Tabelle anzeigen</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Write this dataset into a file</source>
            <translation>Diesen Datensatz in eine Datei schreiben</translation>
        </message>
        <message>
            <source>Train…</source>
            <translation>Trainieren…</translation>
        </message>
        <message>
            <source>Train a model on this dataset</source>
            <translation>Ein Modell mit diesem Datensatz trainieren</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>The same hash means the same data:
%1</source>
            <translation>Derselbe Hash bedeutet dieselben Daten:
%1</translation>
        </message>
        <message>
            <source>run %1</source>
            <translation>Lauf %1</translation>
        </message>
        <message>
            <source>Looking what would be frozen…</source>
            <translation>Es wird geprüft, was eingefroren würde…</translation>
        </message>
        <message>
            <source>No scenario matches: there is nothing to freeze.</source>
            <translation>Kein Szenario passt: Es gibt nichts einzufrieren.</translation>
        </message>
        <message>
            <source>None of the scenarios is fit for training.</source>
            <translation>Keines der Szenarien ist zum Training geeignet.</translation>
        </message>
        <message>
            <source>%1 scenarios would be frozen: about %2.</source>
            <translation>%1 Szenarien würden eingefroren: etwa %2.</translation>
        </message>
        <message>
            <source>Freeze %1</source>
            <translation>%1 einfrieren</translation>
        </message>
        <message>
            <source>Delete %1</source>
            <translation>%1 löschen</translation>
        </message>
        <message>
            <source>Delete the dataset %1? Its scenarios stay; the list itself cannot be brought back.</source>
            <translation>Datensatz %1 löschen? Seine Szenarien bleiben; die Liste selbst lässt sich nicht wiederherstellen.</translation>
        </message>
        <message>
            <source>%1 was deleted.</source>
            <translation>%1 wurde gelöscht.</translation>
        </message>
        <message>
            <source>dataset %1</source>
            <translation>Datensatz %1</translation>
        </message>
        <message>
            <source>This project is open for reading only.</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>There is a dataset %1 already: choose another name.</source>
            <translation>Es gibt schon einen Datensatz %1: bitte anderen Namen wählen.</translation>
        </message>
        <message>
            <source>What the filter shows (no filter is set)</source>
            <translation>Was der Filter zeigt (kein Filter gesetzt)</translation>
        </message>
        <message>
            <source>Give it a name first</source>
            <translation>Zuerst einen Namen angeben</translation>
        </message>
        <message>
            <source>Runs rest on this dataset, so it stays</source>
            <translation>Läufe beruhen auf diesem Datensatz, daher bleibt er</translation>
        </message>
        <message>
            <source>Delete the list; its scenarios stay</source>
            <translation>Die Liste löschen; ihre Szenarien bleiben</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>Läufe</translation>
        </message>
        <message>
            <source>Rejected ones stay out: %1.</source>
            <translation>Abgelehnte bleiben draußen: %1.</translation>
        </message>
        <message>
            <source>Left out because of errors: %1 (%2).</source>
            <translation>Wegen Fehlern ausgelassen: %1 (%2).</translation>
        </message>
        <message>
            <source>Frozen as %1: %2 scenarios; left out: %3.</source>
            <translation>Eingefroren als %1: %2 Szenarien; ausgelassen: %3.</translation>
        </message>
        <message>
            <source>Selected rows</source>
            <translation>Ausgewählte Zeilen</translation>
        </message>
        <message>
            <source>Scenarios with the same situation stay together.</source>
            <translation>Szenarien mit derselben Situation bleiben zusammen.</translation>
        </message>
        <message>
            <source>Selected rows (%1)</source>
            <translation>Ausgewählte Zeilen (%1)</translation>
        </message>
        <message>
            <source>No row is selected: choose some in the table.</source>
            <translation>Keine Zeile ist ausgewählt: bitte einige in der Tabelle wählen.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::EvaluateForm</name>
        <message>
            <source>Choose a wording</source>
            <translation>Formulierung wählen</translation>
        </message>
        <message>
            <source>Decision prompts (*.json)</source>
            <translation>Entscheidungs-Prompts (*.json)</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Adapter</source>
            <translation>Adapter</translation>
        </message>
        <message>
            <source>base</source>
            <translation>base</translation>
        </message>
        <message>
            <source>tuned</source>
            <translation>tuned</translation>
        </message>
        <message>
            <source>What the model without an adapter is called in tables and plots</source>
            <translation>Wie das Modell ohne Adapter in Tabellen und Diagrammen heißt</translation>
        </message>
        <message>
            <source>What the model with the adapter is called in tables and plots</source>
            <translation>Wie das Modell mit Adapter in Tabellen und Diagrammen heißt</translation>
        </message>
        <message>
            <source>Name of the base</source>
            <translation>Name der Basis</translation>
        </message>
        <message>
            <source>Name of the tuned model</source>
            <translation>Name des angepassten Modells</translation>
        </message>
        <message>
            <source>Shown as</source>
            <translation>Angezeigt als</translation>
        </message>
        <message>
            <source>How it is asked</source>
            <translation>Art der Befragung</translation>
        </message>
        <message>
            <source>Letter probabilities</source>
            <translation>Buchstabenwahrscheinlichkeit</translation>
        </message>
        <message>
            <source>Generated text</source>
            <translation>Erzeugter Text</translation>
        </message>
        <message>
            <source>Scoring</source>
            <translation>Wertung</translation>
        </message>
        <message>
            <source>Letter probabilities: the most likely letter counts; one pass an item. Generated text: the model writes its answer and the letter is read out of it.</source>
            <translation>Buchstabenwahrscheinlichkeit: Der wahrscheinlichste Buchstabe zählt; ein Durchgang je Aufgabe. Erzeugter Text: Das Modell schreibt seine Antwort, und der Buchstabe wird daraus gelesen.</translation>
        </message>
        <message>
            <source>Choose a file with a wording of your own</source>
            <translation>Datei mit eigener Formulierung wählen</translation>
        </message>
        <message>
            <source>Wording</source>
            <translation>Formulierung</translation>
        </message>
        <message>
            <source>How a decision is put to the model; see the tab Prompt for what that looks like.</source>
            <translation>Wie eine Entscheidung dem Modell vorgelegt wird; der Reiter „Prompt“ zeigt, wie das aussieht.</translation>
        </message>
        <message>
            <source>As written</source>
            <translation>Wie geschrieben</translation>
        </message>
        <message>
            <source>All five turns</source>
            <translation>Alle fünf Drehungen</translation>
        </message>
        <message>
            <source>Options</source>
            <translation>Optionen</translation>
        </message>
        <message>
            <source>All five turns: every item is asked five times, its options moved on by one place each time, so that a liking for a letter evens out.</source>
            <translation>Alle fünf Drehungen: Jede Aufgabe wird fünfmal gestellt, die Optionen rücken jedes Mal um eine Stelle weiter, sodass sich die Vorliebe für einen Buchstaben ausgleicht.</translation>
        </message>
        <message>
            <source>all</source>
            <translation>alle</translation>
        </message>
        <message>
            <source>Items</source>
            <translation>Aufgaben</translation>
        </message>
        <message>
            <source>Only the first so many items; for a quick look.</source>
            <translation>Nur die ersten so vielen Aufgaben; für einen schnellen Blick.</translation>
        </message>
        <message>
            <source>bf16: half the memory</source>
            <translation>bf16: halber Speicher</translation>
        </message>
        <message>
            <source>f32: exact</source>
            <translation>f32: exakt</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Präzision</translation>
        </message>
        <message>
            <source>How the weights are held in memory.</source>
            <translation>Wie die Gewichte im Speicher gehalten werden.</translation>
        </message>
        <message>
            <source>At once</source>
            <translation>Gleichzeitig</translation>
        </message>
        <message>
            <source>Items that go through the model together: more is faster and needs more memory; the answers are the same.</source>
            <translation>Aufgaben, die zusammen durch das Modell gehen: Mehr ist schneller und braucht mehr Speicher; die Antworten bleiben gleich.</translation>
        </message>
        <message>
            <source>Most tokens</source>
            <translation>Token höchstens</translation>
        </message>
        <message>
            <source>An answer that is longer is cut off.</source>
            <translation>Eine längere Antwort wird abgeschnitten.</translation>
        </message>
        <message>
            <source>0: always the likeliest word</source>
            <translation>0: immer das wahrscheinlichste Wort</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatur</translation>
        </message>
        <message>
            <source>0 writes the likeliest word each time; higher values vary more.</source>
            <translation>0 schreibt immer das wahrscheinlichste Wort; höhere Werte variieren mehr.</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>The same seed gives the same text; it counts when the temperature is above 0.</source>
            <translation>Derselbe Seed ergibt denselben Text; er wirkt bei einer Temperatur über 0.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::EvaluatePage</name>
        <message>
            <source>%1 items, %2 pictures</source>
            <translation>%1 Aufgaben, %2 Bilder</translation>
        </message>
        <message numerus="yes">
            <source>, %Ln issues</source>
            <translation>
                <numerusform>, %Ln Problem</numerusform>
                <numerusform>, %Ln Probleme</numerusform>
            </translation>
        </message>
        <message>
            <source> · the demo's drawn situations</source>
            <translation> · die gezeichneten Situationen der Demo</translation>
        </message>
        <message numerus="yes">
            <source>Benchmark (%Ln issues)</source>
            <translation>
                <numerusform>Benchmark (%Ln Problem)</numerusform>
                <numerusform>Benchmark (%Ln Probleme)</numerusform>
            </translation>
        </message>
        <message>
            <source>Benchmark</source>
            <translation>Benchmark</translation>
        </message>
        <message>
            <source>Import benchmark %1</source>
            <translation>Benchmark %1 importieren</translation>
        </message>
        <message>
            <source>Add the demo's benchmark</source>
            <translation>Benchmark der Demo hinzufügen</translation>
        </message>
        <message>
            <source>Join pictures of %1</source>
            <translation>Bilder von %1 zuordnen</translation>
        </message>
        <message>
            <source>Import answers of %1</source>
            <translation>Antworten von %1 importieren</translation>
        </message>
        <message>
            <source>The answers of %1 are among the evaluations.</source>
            <translation>Die Antworten von %1 stehen bei den Auswertungen.</translation>
        </message>
        <message>
            <source>No project is open</source>
            <translation>Kein Projekt geöffnet</translation>
        </message>
        <message>
            <source>This project is open for reading only</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet</translation>
        </message>
        <message>
            <source>Import the benchmark first</source>
            <translation>Zuerst den Benchmark importieren</translation>
        </message>
        <message>
            <source>Run ticked cells</source>
            <translation>Angekreuzte Zellen starten</translation>
        </message>
        <message>
            <source>Queue the ticked cells</source>
            <translation>Die angekreuzten Zellen einreihen</translation>
        </message>
        <message>
            <source>Import a benchmark…</source>
            <translation>Benchmark importieren…</translation>
        </message>
        <message>
            <source>An annotation file in VIVA's form, with or without pictures</source>
            <translation>Eine Annotationsdatei im Format von VIVA, mit oder ohne Bilder</translation>
        </message>
        <message>
            <source>300 small drawn situations, with a model that is small enough for any machine</source>
            <translation>300 kleine gezeichnete Situationen mit einem Modell, das für jeden Rechner klein genug ist</translation>
        </message>
        <message>
            <source>Import recorded answers…</source>
            <translation>Aufgezeichnete Antworten importieren…</translation>
        </message>
        <message>
            <source>Answers of a model that ran elsewhere</source>
            <translation>Antworten eines Modells, das anderswo lief</translation>
        </message>
        <message>
            <source>Open or make a project to ask models about a benchmark.</source>
            <translation>Ein Projekt öffnen oder anlegen, um Modelle zu einem Benchmark zu befragen.</translation>
        </message>
        <message>
            <source>No benchmark yet</source>
            <translation>Noch kein Benchmark</translation>
        </message>
        <message>
            <source>A benchmark is a set of pictures with a decision to make about each. Import one, and models can be asked about its captions and its pictures.</source>
            <translation>Ein Benchmark ist eine Sammlung von Bildern, zu denen jeweils eine Entscheidung zu treffen ist. Ist einer importiert, lassen sich Modelle zu seinen Bildunterschriften und Bildern befragen.</translation>
        </message>
        <message>
            <source>The benchmark that models are asked about</source>
            <translation>Der Benchmark, zu dem Modelle befragt werden</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importieren…</translation>
        </message>
        <message>
            <source>Evaluations</source>
            <translation>Auswertungen</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Commands</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <source>Recorded answers</source>
            <translation>Aufgezeichnete Antworten</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <source>How the accuracy of what runs narrows while answers come</source>
            <translation>Wie sich die Genauigkeit des Laufenden eingrenzt, während Antworten kommen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::EvaluationChooser</name>
        <message>
            <source>Evaluations</source>
            <translation>Auswertungen</translation>
        </message>
        <message>
            <source>Cell</source>
            <translation>Zelle</translation>
        </message>
        <message>
            <source>Benchmark</source>
            <translation>Benchmark</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>Model or file</source>
            <translation>Modell oder Datei</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Gestartet</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Lauf</translation>
        </message>
        <message>
            <source>Latest of each</source>
            <translation>Jeweils neueste</translation>
        </message>
        <message>
            <source>The newest finished evaluation of each model and arm, kept up to date</source>
            <translation>Die neueste fertige Auswertung je Modell und Arm, stets aktuell</translation>
        </message>
        <message>
            <source>Up to %1 evaluations of one benchmark. They are compared over the items that all of them answered.</source>
            <translation>Bis zu %1 Auswertungen eines Benchmarks. Verglichen werden sie über die Aufgaben, die alle beantwortet haben.</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::EvaluationListModel</name>
        <message>
            <source>image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>caption</source>
            <translation>Bildunterschrift</translation>
        </message>
        <message>
            <source>blind</source>
            <translation>blind</translation>
        </message>
        <message>
            <source>Recorded answers: %1</source>
            <translation>Aufgezeichnete Antworten: %1</translation>
        </message>
        <message>
            <source>Model: %1</source>
            <translation>Modell: %1</translation>
        </message>
        <message>
            <source>Adapter: %1</source>
            <translation>Adapter: %1</translation>
        </message>
        <message>
            <source>Wording: %1</source>
            <translation>Formulierung: %1</translation>
        </message>
        <message>
            <source>Letter probabilities, %1</source>
            <translation>Buchstabenwahrscheinlichkeit, %1</translation>
        </message>
        <message>
            <source>Generated text, temperature %1, %2</source>
            <translation>Erzeugter Text, Temperatur %1, %2</translation>
        </message>
        <message numerus="yes">
            <source>Options in %Ln orders</source>
            <translation>
                <numerusform>Optionen in %Ln Reihenfolge</numerusform>
                <numerusform>Optionen in %Ln Reihenfolgen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>First %Ln items</source>
            <translation>
                <numerusform>Erste %Ln Aufgabe</numerusform>
                <numerusform>Erste %Ln Aufgaben</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln answers without a letter</source>
            <translation>
                <numerusform>%Ln Antwort ohne Buchstaben</numerusform>
                <numerusform>%Ln Antworten ohne Buchstaben</numerusform>
            </translation>
        </message>
        <message>
            <source>recorded</source>
            <translation>Aufzeichnung</translation>
        </message>
        <message>
            <source>letters</source>
            <translation>Buchstaben</translation>
        </message>
        <message>
            <source>text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>%1 of %2 right; 95 % interval</source>
            <translation>%1 von %2 richtig; 95-%-Intervall</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Asked with</source>
            <translation>Gefragt mit</translation>
        </message>
        <message>
            <source>Accuracy (95 %)</source>
            <translation>Genauigkeit (95 %)</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Read from</source>
            <translation>Gelesen aus</translation>
        </message>
        <message>
            <source>Benchmark</source>
            <translation>Benchmark</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::EvaluationTable</name>
        <message>
            <source>Filter evaluations</source>
            <translation>Auswertungen filtern</translation>
        </message>
        <message>
            <source>Part of a name, model, benchmark or status</source>
            <translation>Teil von Name, Modell, Benchmark oder Status</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>The selected evaluations side by side, item by item</source>
            <translation>Die ausgewählten Auswertungen nebeneinander, Aufgabe für Aufgabe</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Go on where it was stopped; answers that are there stay</source>
            <translation>Dort weitermachen, wo gestoppt wurde; vorhandene Antworten bleiben</translation>
        </message>
        <message>
            <source>Evaluations</source>
            <translation>Auswertungen</translation>
        </message>
        <message>
            <source>This project is open for reading only</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet</translation>
        </message>
        <message>
            <source>Use settings: fill the form with what this one was made with</source>
            <translation>Einstellungen übernehmen: füllt das Formular mit dem, womit diese entstand</translation>
        </message>
        <message>
            <source>Copy the command line that does the same</source>
            <translation>Die Befehlszeile kopieren, die dasselbe tut</translation>
        </message>
        <message>
            <source>Show run: its settings and log on the page Runs</source>
            <translation>Lauf zeigen: seine Einstellungen und sein Protokoll auf der Seite Läufe</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::EvaluationWatch</name>
        <message>
            <source>Here an evaluation's accuracy narrows while answers come.</source>
            <translation>Hier grenzt sich die Genauigkeit einer Auswertung ein, während Antworten eintreffen.</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausieren</translation>
        </message>
        <message>
            <source>Stop; what was answered stays, and it can go on later</source>
            <translation>Stoppen; Beantwortetes bleibt, später lässt es sich fortsetzen</translation>
        </message>
        <message>
            <source>No evaluation yet</source>
            <translation>Noch keine Auswertung</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Pause; the model stays loaded</source>
            <translation>Pausieren; das Modell bleibt geladen</translation>
        </message>
        <message>
            <source>%1 answers</source>
            <translation>%1 Antworten</translation>
        </message>
        <message>
            <source>%1 items/s</source>
            <translation>%1 Aufgaben/s</translation>
        </message>
        <message>
            <source>Next: %1</source>
            <translation>Als Nächstes: %1</translation>
        </message>
        <message>
            <source>Take those that wait out of the queue</source>
            <translation>Wartende aus der Warteschlange nehmen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ExportPanel</name>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Export scenarios</source>
            <translation>Szenarien exportieren</translation>
        </message>
        <message>
            <source>What to export</source>
            <translation>Was exportiert wird</translation>
        </message>
        <message>
            <source>Which part of the dataset</source>
            <translation>Welcher Teil des Datensatzes</translation>
        </message>
        <message>
            <source>How it is written</source>
            <translation>Wie geschrieben wird</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Dataset %1</source>
            <translation>Datensatz %1</translation>
        </message>
        <message>
            <source>What the table shows (%1)</source>
            <translation>Was die Tabelle zeigt (%1)</translation>
        </message>
        <message>
            <source>Selected rows (%1)</source>
            <translation>Ausgewählte Zeilen (%1)</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Choose a file and write it in the background</source>
            <translation>Eine Datei wählen und im Hintergrund schreiben</translation>
        </message>
        <message>
            <source>There is nothing to export</source>
            <translation>Es gibt nichts zu exportieren</translation>
        </message>
        <message>
            <source>Export %1</source>
            <translation>%1 exportieren</translation>
        </message>
        <message>
            <source>%1 scenarios were written to %2.</source>
            <translation>%1 Szenarien wurden in %2 geschrieben.</translation>
        </message>
        <message>
            <source>%1 without a key were left out.</source>
            <translation>%1 ohne Schlüssel wurden ausgelassen.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::FieldRow</name>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>Set %1 back</source>
            <translation>%1 zurücksetzen</translation>
        </message>
        <message>
            <source>Train %1</source>
            <translation>%1 trainieren</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>Ordner wählen…</translation>
        </message>
        <message>
            <source>Choose %1</source>
            <translation>%1 wählen</translation>
        </message>
        <message>
            <source>Tick at least one: nothing would be trained.</source>
            <translation>Mindestens eines ankreuzen: Sonst würde nichts trainiert.</translation>
        </message>
        <message>
            <source>Choose one, or type a file's path.</source>
            <translation>Auswählen oder einen Dateipfad eingeben.</translation>
        </message>
        <message>
            <source>A whole number from %1 to %2 is needed.</source>
            <translation>Eine ganze Zahl von %1 bis %2 ist nötig.</translation>
        </message>
        <message>
            <source>A number from %1 to %2 is needed.</source>
            <translation>Eine Zahl von %1 bis %2 ist nötig.</translation>
        </message>
        <message>
            <source>Back to the preset's value</source>
            <translation>Zurück zum Wert der Voreinstellung</translation>
        </message>
        <message>
            <source>Back to the preset's %1</source>
            <translation>Zurück zu %1 aus der Voreinstellung</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::FindingsList</name>
        <message>
            <source>Nothing found.</source>
            <translation>Nichts gefunden.</translation>
        </message>
        <message>
            <source>Error: unfit for training</source>
            <translation>Fehler: zum Training ungeeignet</translation>
        </message>
        <message>
            <source>Warning: worth a look</source>
            <translation>Warnung: einen Blick wert</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::FolderList</name>
        <message>
            <source>Look there</source>
            <translation>Dort suchen</translation>
        </message>
        <message>
            <source>Add a folder of models</source>
            <translation>Ordner mit Modellen hinzufügen</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Add this folder to those that are looked through</source>
            <translation>Diesen Ordner zu den durchsuchten hinzufügen</translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>Ordner hinzufügen</translation>
        </message>
        <message>
            <source>Look there no more; nothing is deleted</source>
            <translation>Dort nicht mehr suchen; nichts wird gelöscht</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Erneut suchen</translation>
        </message>
        <message>
            <source>All folders (%1)</source>
            <translation>Alle Ordner (%1)</translation>
        </message>
        <message>
            <source>Everything that was found</source>
            <translation>Alles, was gefunden wurde</translation>
        </message>
        <message>
            <source>This project</source>
            <translation>Dieses Projekt</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>Hugging Face's downloads lie in %1.</source>
            <translation>Downloads von Hugging Face liegen in %1.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::GenerateForm</name>
        <message>
            <source>a more complex situation</source>
            <translation>eine komplexere Situation</translation>
        </message>
        <message>
            <source>context that changes what is right</source>
            <translation>Kontext, der ändert, was richtig ist</translation>
        </message>
        <message>
            <source>options that are all plausible</source>
            <translation>Optionen, die alle plausibel sind</translation>
        </message>
        <message>
            <source>from the decision back to the situation</source>
            <translation>von der Entscheidung zurück zur Situation</translation>
        </message>
        <message>
            <source>Choose a folder with prompts</source>
            <translation>Ordner mit Prompts wählen</translation>
        </message>
        <message>
            <source>Demo grammar (no model needed)</source>
            <translation>Demo-Grammatik (kein Modell nötig)</translation>
        </message>
        <message>
            <source>Local model</source>
            <translation>Lokales Modell</translation>
        </message>
        <message>
            <source> tokens</source>
            <translation> Token</translation>
        </message>
        <message>
            <source>16 bit</source>
            <translation>16 Bit</translation>
        </message>
        <message>
            <source>32 bit</source>
            <translation>32 Bit</translation>
        </message>
        <message>
            <source>Prompts that come with the program</source>
            <translation>Mitgelieferte Prompts</translation>
        </message>
        <message>
            <source>Written by</source>
            <translation>Geschrieben von</translation>
        </message>
        <message>
            <source>Who writes the scenarios</source>
            <translation>Wer die Szenarien schreibt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>The folder of the model that writes</source>
            <translation>Der Ordner des Modells, das schreibt</translation>
        </message>
        <message>
            <source>Strategy</source>
            <translation>Strategie</translation>
        </message>
        <message>
            <source>What the prompt asks for</source>
            <translation>Was der Prompt verlangt</translation>
        </message>
        <message>
            <source>How many</source>
            <translation>Anzahl</translation>
        </message>
        <message>
            <source>It ends when so many valid scenarios were written</source>
            <translation>Endet, sobald so viele gültige Szenarien geschrieben sind</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
        <message>
            <source>The same seed writes the same scenarios again</source>
            <translation>Derselbe Seed schreibt wieder dieselben Szenarien</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>Weitere Einstellungen</translation>
        </message>
        <message>
            <source>Sampling, precision, prompts of your own</source>
            <translation>Sampling, Präzision, eigene Prompts</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatur</translation>
        </message>
        <message>
            <source>0: always the likeliest word; higher: more variety, more refused ones</source>
            <translation>0: immer das wahrscheinlichste Wort; höher: mehr Vielfalt, mehr verworfene</translation>
        </message>
        <message>
            <source>Top-p</source>
            <translation>Top-p</translation>
        </message>
        <message>
            <source>Words are drawn from the likeliest ones that make up this share</source>
            <translation>Wörter werden aus den wahrscheinlichsten gezogen, die zusammen diesen Anteil ausmachen</translation>
        </message>
        <message>
            <source>Longest answer</source>
            <translation>Längste Antwort</translation>
        </message>
        <message>
            <source>A scenario that is not finished by then is refused</source>
            <translation>Ein Szenario, das bis dahin nicht fertig ist, wird verworfen</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Präzision</translation>
        </message>
        <message>
            <source>32 bit needs twice the memory</source>
            <translation>32 Bit brauchen den doppelten Speicher</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>Prompts</translation>
        </message>
        <message>
            <source>A folder with prompt files of your own; empty: those of the program</source>
            <translation>Ein Ordner mit eigenen Prompt-Dateien; leer: die des Programms</translation>
        </message>
        <message>
            <source>Mix of all four</source>
            <translation>Mischung aus allen vier</translation>
        </message>
        <message>
            <source>Choose a model that writes.</source>
            <translation>Ein Modell wählen, das schreibt.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::GeneratePanel</name>
        <message>
            <source>The same from a terminal</source>
            <translation>Dasselbe im Terminal</translation>
        </message>
        <message>
            <source>Newest scenarios of this run</source>
            <translation>Neueste Szenarien dieses Laufs</translation>
        </message>
        <message>
            <source>Situation</source>
            <translation>Situation</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Strategy</source>
            <translation>Strategie</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Eingegangen</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Verworfen</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Refused (%1)</source>
            <translation>Verworfen (%1)</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>Erzeugen</translation>
        </message>
        <message>
            <source>Start in the background; each valid scenario is kept at once</source>
            <translation>Im Hintergrund starten; jedes gültige Szenario wird sofort gespeichert</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Stop; what came is kept</source>
            <translation>Stoppen; Eingegangenes bleibt</translation>
        </message>
        <message>
            <source>Show in table</source>
            <translation>In Tabelle anzeigen</translation>
        </message>
        <message>
            <source>Show the scenarios of this run</source>
            <translation>Die Szenarien dieses Laufs anzeigen</translation>
        </message>
        <message>
            <source>Progress of the generation</source>
            <translation>Fortschritt der Erzeugung</translation>
        </message>
        <message>
            <source>Generate %1 scenarios</source>
            <translation>%1 Szenarien erzeugen</translation>
        </message>
        <message>
            <source>Stopped. What came is kept; the run can be resumed under Runs.</source>
            <translation>Gestoppt. Eingegangenes bleibt; der Lauf lässt sich unter „Läufe“ fortsetzen.</translation>
        </message>
        <message>
            <source>Arrived (%1)</source>
            <translation>Eingegangen (%1)</translation>
        </message>
        <message>
            <source>This project is open for reading only.</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>Waiting to begin…</source>
            <translation>Wartet auf den Beginn…</translation>
        </message>
        <message>
            <source>%1 arrived</source>
            <translation>%1 eingegangen</translation>
        </message>
        <message>
            <source>%1 refused</source>
            <translation>%1 verworfen</translation>
        </message>
        <message>
            <source>%1 valid</source>
            <translation>%1 gültig</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::HistoryModel</name>
        <message>
            <source>Revision %1</source>
            <translation>Revision %1</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Wer</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Import</translation>
        </message>
        <message>
            <source>Reshuffle</source>
            <translation>Neumischung</translation>
        </message>
        <message>
            <source>Run %1</source>
            <translation>Lauf %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::HistoryPanel</name>
        <message>
            <source>No scenario chosen</source>
            <translation>Kein Szenario gewählt</translation>
        </message>
        <message>
            <source>Here come the revisions and decisions of the scenario that is chosen in the table.</source>
            <translation>Hier erscheinen die Revisionen und Entscheidungen des Szenarios, das in der Tabelle gewählt ist.</translation>
        </message>
        <message>
            <source>Only changes</source>
            <translation>Nur Änderungen</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Revisions and decisions</source>
            <translation>Revisionen und Entscheidungen</translation>
        </message>
        <message>
            <source>Compare this revision</source>
            <translation>Diese Revision vergleichen</translation>
        </message>
        <message>
            <source>with this revision</source>
            <translation>mit dieser Revision</translation>
        </message>
        <message>
            <source>Leave out the fields that did not change</source>
            <translation>Unveränderte Felder weglassen</translation>
        </message>
        <message>
            <source>Scenario %1</source>
            <translation>Szenario %1</translation>
        </message>
        <message>
            <source>made by %1</source>
            <translation>erstellt von %1</translation>
        </message>
        <message>
            <source>run %1</source>
            <translation>Lauf %1</translation>
        </message>
        <message>
            <source>seed %1</source>
            <translation>Seed %1</translation>
        </message>
        <message>
            <source>prompt %1</source>
            <translation>Prompt %1</translation>
        </message>
        <message>
            <source>Revision %1</source>
            <translation>Revision %1</translation>
        </message>
        <message>
            <source>Restore revision %1</source>
            <translation>Revision %1 wiederherstellen</translation>
        </message>
        <message>
            <source>This project is open for reading only.</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>This is what the scenario says now</source>
            <translation>So lautet das Szenario jetzt</translation>
        </message>
        <message>
            <source>Make this the newest revision; all others stay</source>
            <translation>Dies zur neuesten Revision machen; alle anderen bleiben</translation>
        </message>
        <message>
            <source>restored revision %1</source>
            <translation>Revision %1 wiederhergestellt</translation>
        </message>
        <message>
            <source>Restore revision %1 of scenario %2</source>
            <translation>Revision %1 von Szenario %2 wiederherstellen</translation>
        </message>
        <message>
            <source>The newest revision says exactly this already.</source>
            <translation>Die neueste Revision lautet schon genauso.</translation>
        </message>
        <message>
            <source>Nothing</source>
            <translation>Nichts</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ImportPanel</name>
        <message>
            <source>scenarios</source>
            <translation>Szenarien</translation>
        </message>
        <message>
            <source>table (CSV)</source>
            <translation>Tabelle (CSV)</translation>
        </message>
        <message>
            <source>ShareGPT chats</source>
            <translation>ShareGPT-Chats</translation>
        </message>
        <message>
            <source>Alpaca</source>
            <translation>Alpaca</translation>
        </message>
        <message>
            <source>benchmark items</source>
            <translation>Benchmark-Aufgaben</translation>
        </message>
        <message>
            <source>Files to import</source>
            <translation>Zu importierende Dateien</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Neu</translation>
        </message>
        <message>
            <source>Known</source>
            <translation>Bekannt</translation>
        </message>
        <message>
            <source>Bad</source>
            <translation>Fehlerhaft</translation>
        </message>
        <message>
            <source>First scenarios of the file</source>
            <translation>Erste Szenarien der Datei</translation>
        </message>
        <message>
            <source>Situation</source>
            <translation>Situation</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>Kategorie</translation>
        </message>
        <message>
            <source>Bad lines of the file</source>
            <translation>Fehlerhafte Zeilen der Datei</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Zeile</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Warum</translation>
        </message>
        <message>
            <source>Take good lines only</source>
            <translation>Nur gute Zeilen übernehmen</translation>
        </message>
        <message>
            <source>Leave out what is here already</source>
            <translation>Schon Vorhandenes auslassen</translation>
        </message>
        <message>
            <source>Choose files with scenarios</source>
            <translation>Dateien mit Szenarien wählen</translation>
        </message>
        <message>
            <source>Scenarios (*.jsonl *.json *.csv);;All files (*)</source>
            <translation>Szenarien (*.jsonl *.json *.csv);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Add files…</source>
            <translation>Dateien hinzufügen…</translation>
        </message>
        <message>
            <source>Choose files: JSONL, JSON, CSV, ShareGPT or Alpaca. They can be dropped, too</source>
            <translation>Dateien wählen: JSONL, JSON, CSV, ShareGPT oder Alpaca. Sie lassen sich auch hierher ziehen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Take the chosen file out of the list; the file itself stays</source>
            <translation>Die gewählte Datei aus der Liste nehmen; die Datei selbst bleibt</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Otherwise one bad line refuses the whole import</source>
            <translation>Sonst verhindert eine fehlerhafte Zeile den ganzen Import</translation>
        </message>
        <message>
            <source>Scenarios that say exactly the same are not taken twice</source>
            <translation>Szenarien mit genau gleichem Wortlaut werden nicht doppelt übernommen</translation>
        </message>
        <message>
            <source>First scenarios</source>
            <translation>Erste Szenarien</translation>
        </message>
        <message>
            <source>Bad lines</source>
            <translation>Fehlerhafte Zeilen</translation>
        </message>
        <message>
            <source>Look into files</source>
            <translation>Dateien ansehen</translation>
        </message>
        <message>
            <source>Import scenarios</source>
            <translation>Szenarien importieren</translation>
        </message>
        <message>
            <source>%1 scenarios were imported; %2 were here already.</source>
            <translation>%1 Szenarien wurden importiert; %2 waren schon vorhanden.</translation>
        </message>
        <message>
            <source>cannot be read</source>
            <translation>nicht lesbar</translation>
        </message>
        <message>
            <source>Bad lines (%1)</source>
            <translation>Fehlerhafte Zeilen (%1)</translation>
        </message>
        <message>
            <source>This project is open for reading only.</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>Take these scenarios into the project</source>
            <translation>Diese Szenarien ins Projekt übernehmen</translation>
        </message>
        <message>
            <source>Importing…</source>
            <translation>Wird importiert…</translation>
        </message>
        <message>
            <source>Choose files or drop them here. Nothing is taken before you have seen what would happen.</source>
            <translation>Dateien wählen oder hierher ziehen. Nichts wird übernommen, bevor zu sehen ist, was geschehen würde.</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>Wird geprüft…</translation>
        </message>
        <message>
            <source>%1 scenarios would be imported; %2 are here already.</source>
            <translation>%1 Szenarien würden importiert; %2 sind schon vorhanden.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::IntervalPlot</name>
        <message>
            <source>measured here, 95 % interval</source>
            <translation>hier gemessen, 95-%-Intervall</translation>
        </message>
        <message>
            <source>Accuracy (%)</source>
            <translation>Genauigkeit (%)</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::IssueListModel</name>
        <message>
            <source>picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>options</source>
            <translation>Optionen</translation>
        </message>
        <message>
            <source>doing nothing</source>
            <translation>Nichtstun</translation>
        </message>
        <message>
            <source>situation</source>
            <translation>Situation</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Aufgabe</translation>
        </message>
        <message>
            <source>Field</source>
            <translation>Feld</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>What was done</source>
            <translation>Maßnahme</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ItemFilterBar</name>
        <message>
            <source>Transition</source>
            <translation>Übergang</translation>
        </message>
        <message>
            <source>How an item stands between the two cells of the pair</source>
            <translation>Wie eine Aufgabe zwischen den beiden Zellen des Paars steht</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>Kategorie</translation>
        </message>
        <message>
            <source>Only one category</source>
            <translation>Nur eine Kategorie</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Only items with this right answer</source>
            <translation>Nur Aufgaben mit dieser richtigen Antwort</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>Only items whose answers are special</source>
            <translation>Nur Aufgaben mit besonderen Antworten</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>Reihenfolge</translation>
        </message>
        <message>
            <source>In what order items are listed</source>
            <translation>In welcher Reihenfolge die Aufgaben stehen</translation>
        </message>
        <message>
            <source>Filter by text</source>
            <translation>Nach Text filtern</translation>
        </message>
        <message>
            <source>Words of the situation, the options or the file's name (F)</source>
            <translation>Wörter der Situation, der Optionen oder des Dateinamens (F)</translation>
        </message>
        <message>
            <source>Take all filters away</source>
            <translation>Alle Filter entfernen</translation>
        </message>
        <message>
            <source>Show pictures in a grid</source>
            <translation>Bilder als Raster anzeigen</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Save this comparison as a report, tables or pictures</source>
            <translation>Diesen Vergleich als Bericht, Tabellen oder Bilder speichern</translation>
        </message>
        <message>
            <source>All transitions</source>
            <translation>Alle Übergänge</translation>
        </message>
        <message>
            <source>other letter</source>
            <translation>anderer Buchstabe</translation>
        </message>
        <message>
            <source>All categories</source>
            <translation>Alle Kategorien</translation>
        </message>
        <message>
            <source>(none)</source>
            <translation>(keine)</translation>
        </message>
        <message>
            <source>Any key</source>
            <translation>Alle Schlüssel</translation>
        </message>
        <message>
            <source>Key %1</source>
            <translation>Schlüssel %1</translation>
        </message>
        <message>
            <source>Any answers</source>
            <translation>Alle Antworten</translation>
        </message>
        <message>
            <source>Overridden</source>
            <translation>Von Hand geändert</translation>
        </message>
        <message>
            <source>Not readable</source>
            <translation>Nicht lesbar</translation>
        </message>
        <message>
            <source>In the file's order</source>
            <translation>Reihenfolge der Datei</translation>
        </message>
        <message>
            <source>Most disagreement first</source>
            <translation>Größte Uneinigkeit zuerst</translation>
        </message>
        <message>
            <source>Confidence moved most</source>
            <translation>Größte Konfidenzänderung</translation>
        </message>
        <message>
            <source>%1 items</source>
            <translation>%1 Aufgaben</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>Show items in a list</source>
            <translation>Aufgaben als Liste zeigen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ItemForm</name>
        <message>
            <source>Situation</source>
            <translation>Situation</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>Options, and the right one</source>
            <translation>Optionen, und die richtige</translation>
        </message>
        <message>
            <source>Rationale</source>
            <translation>Begründung</translation>
        </message>
        <message>
            <source>A word for groups of scenarios; what others use is offered</source>
            <translation>Ein Wort für Gruppen von Szenarien; bereits verwendete werden vorgeschlagen</translation>
        </message>
        <message>
            <source>The option that means not to intervene, if there is one</source>
            <translation>Die Option, die Nichteingreifen bedeutet, falls es eine gibt</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>Kategorie</translation>
        </message>
        <message>
            <source>Doing nothing is</source>
            <translation>Nichtstun ist</translation>
        </message>
        <message>
            <source>No option</source>
            <translation>Keine Option</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ItemList</name>
        <message>
            <source>Items</source>
            <translation>Aufgaben</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ItemPanel</name>
        <message>
            <source>No scenario chosen</source>
            <translation>Kein Szenario gewählt</translation>
        </message>
        <message>
            <source>Choose a row of the table to read, decide and edit it here.</source>
            <translation>Eine Zeile der Tabelle wählen, um das Szenario hier zu lesen, zu beurteilen und zu bearbeiten.</translation>
        </message>
        <message>
            <source>Note of this edit</source>
            <translation>Notiz zu dieser Änderung</translation>
        </message>
        <message>
            <source>Checks of this scenario</source>
            <translation>Prüfungen dieses Szenarios</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Annehmen</translation>
        </message>
        <message>
            <source>Accept this scenario (A in the table)</source>
            <translation>Dieses Szenario annehmen (A in der Tabelle)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Ablehnen</translation>
        </message>
        <message>
            <source>Reject this scenario (R in the table)</source>
            <translation>Dieses Szenario ablehnen (R in der Tabelle)</translation>
        </message>
        <message>
            <source>Undecided</source>
            <translation>Unentschieden</translation>
        </message>
        <message>
            <source>Leave it undecided (U in the table)</source>
            <translation>Unentschieden lassen (U in der Tabelle)</translation>
        </message>
        <message>
            <source>Why you changed it; kept with the next revision</source>
            <translation>Grund der Änderung; wird mit der nächsten Revision gespeichert</translation>
        </message>
        <message>
            <source>A note that is kept with the next revision</source>
            <translation>Eine Notiz, die mit der nächsten Revision gespeichert wird</translation>
        </message>
        <message>
            <source>Note of the edit</source>
            <translation>Notiz zur Änderung</translation>
        </message>
        <message>
            <source>Revert</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Back to what is kept: forget what was typed since</source>
            <translation>Zurück zum gespeicherten Stand: seither Eingegebenes vergessen</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Show all revisions and decisions of this scenario</source>
            <translation>Alle Revisionen und Entscheidungen dieses Szenarios anzeigen</translation>
        </message>
        <message>
            <source>This scenario has a text of more than 20,000 characters. Its beginning is shown and cannot be edited here: reject it, or correct it in its file and import again.</source>
            <translation>Dieses Szenario hat einen Text mit mehr als 20.000 Zeichen. Sein Anfang wird gezeigt und lässt sich hier nicht bearbeiten: ablehnen oder in seiner Datei berichtigen und neu importieren.</translation>
        </message>
        <message>
            <source>Scenario %1 was edited elsewhere at the same time. Both versions are in its history; the other one counts.</source>
            <translation>Szenario %1 wurde gleichzeitig anderswo bearbeitet. Beide Fassungen stehen in seinem Verlauf; die andere gilt.</translation>
        </message>
        <message>
            <source>Use mine</source>
            <translation>Eigene verwenden</translation>
        </message>
        <message>
            <source>Your version becomes the newest; the other one stays in the history</source>
            <translation>Die eigene Fassung wird die neueste; die andere bleibt im Verlauf</translation>
        </message>
        <message>
            <source>Use the other</source>
            <translation>Andere verwenden</translation>
        </message>
        <message>
            <source>The other version counts; yours stays in the history</source>
            <translation>Die andere Fassung gilt; die eigene bleibt im Verlauf</translation>
        </message>
        <message>
            <source>This scenario was edited elsewhere at the same time. Nothing is lost: choose which version counts, the other one stays in the history.</source>
            <translation>Dieses Szenario wurde gleichzeitig anderswo bearbeitet. Nichts ist verloren: wählen, welche Fassung gilt; die andere bleibt im Verlauf.</translation>
        </message>
        <message>
            <source>Found by the check of all scenarios</source>
            <translation>Bei der Prüfung aller Szenarien gefunden</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Alle anzeigen</translation>
        </message>
        <message>
            <source>The filter does not show this scenario any more.</source>
            <translation>Der Filter zeigt dieses Szenario nicht mehr.</translation>
        </message>
        <message>
            <source>Scenario %1</source>
            <translation>Szenario %1</translation>
        </message>
        <message>
            <source>run %1</source>
            <translation>Lauf %1</translation>
        </message>
        <message>
            <source>Two versions: choose above</source>
            <translation>Zwei Fassungen: oben wählen</translation>
        </message>
        <message>
            <source>Changed, not kept yet</source>
            <translation>Geändert, noch nicht gespeichert</translation>
        </message>
        <message>
            <source>Keeping…</source>
            <translation>Wird gespeichert…</translation>
        </message>
        <message>
            <source>Revision %1 · %2 · %3</source>
            <translation>Revision %1 · %2 · %3</translation>
        </message>
        <message>
            <source>This project is open for reading only.</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ItemView</name>
        <message>
            <source>Respects: %1</source>
            <translation>Achtet: %1</translation>
        </message>
        <message>
            <source>Violates: %1</source>
            <translation>Verletzt: %1</translation>
        </message>
        <message>
            <source>Wheel zooms, dragging moves, a double click or Space goes between fitted and 100 %</source>
            <translation>Das Mausrad zoomt, Ziehen verschiebt, Doppelklick oder Leertaste wechselt zwischen eingepasst und 100 %</translation>
        </message>
        <message>
            <source>Fitted or 100 % (Space)</source>
            <translation>Eingepasst oder 100 % (Leertaste)</translation>
        </message>
        <message>
            <source>Picture of item %1: %2</source>
            <translation>Bild von Aufgabe %1: %2</translation>
        </message>
        <message>
            <source>Item %1 · %2</source>
            <translation>Aufgabe %1 · %2</translation>
        </message>
        <message>
            <source>Reference: %1</source>
            <translation>Referenz: %1</translation>
        </message>
        <message>
            <source>This item has no picture. Join a folder of pictures on the Evaluate page; texts and answers are here all the same.</source>
            <translation>Diese Aufgabe hat kein Bild. Auf der Seite „Auswerten“ lässt sich ein Bilderordner zuordnen; Texte und Antworten sind trotzdem hier.</translation>
        </message>
        <message>
            <source>Join a folder of pictures again on the Evaluate page.</source>
            <translation>Auf der Seite „Auswerten“ erneut einen Bilderordner zuordnen.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::JobListModel</name>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>%1 after %2</source>
            <translation>%1 nach %2</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>pausiert</translation>
        </message>
        <message>
            <source>%1 of %2 %3</source>
            <translation>%1 von %2 %3</translation>
        </message>
        <message>
            <source>starting</source>
            <translation>startet</translation>
        </message>
        <message>
            <source>%1 left</source>
            <translation>noch %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::JobRow</name>
        <message>
            <source>Pause this job</source>
            <translation>Diesen Auftrag pausieren</translation>
        </message>
        <message>
            <source>Stop this job; what it has is kept</source>
            <translation>Diesen Auftrag stoppen; Vorhandenes bleibt</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>stopping; saving what there is</source>
            <translation>stoppt; Vorhandenes wird gespeichert</translation>
        </message>
        <message>
            <source>Go on with this job</source>
            <translation>Diesen Auftrag fortsetzen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::JobStrip</name>
        <message>
            <source>Show this run</source>
            <translation>Diesen Lauf anzeigen</translation>
        </message>
        <message>
            <source>Close this message</source>
            <translation>Diese Meldung schließen</translation>
        </message>
        <message numerus="yes">
            <source>%n waiting</source>
            <translation>
                <numerusform>%n wartet</numerusform>
                <numerusform>%n warten</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing runs</source>
            <translation>Nichts läuft</translation>
        </message>
        <message>
            <source>%1 failed: %2</source>
            <translation>%1 fehlgeschlagen: %2</translation>
        </message>
        <message>
            <source>%1: %2 after %3</source>
            <translation>%1: %2 nach %3</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::LetterBadge</name>
        <message>
            <source>no option</source>
            <translation>keine Option</translation>
        </message>
        <message>
            <source>%1, right</source>
            <translation>%1, richtig</translation>
        </message>
        <message>
            <source>%1, wrong</source>
            <translation>%1, falsch</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::MainWindow</name>
        <message>
            <source>%1 is open in another window, which was brought forward.</source>
            <translation>%1 ist in einem anderen Fenster geöffnet, das nach vorn geholt wurde.</translation>
        </message>
        <message>
            <source>Work is running in the project that is open. Stop it and open the other one?</source>
            <translation>Im geöffneten Projekt wird gearbeitet. Die Arbeit stoppen und das andere öffnen?</translation>
        </message>
        <message>
            <source>Work is running in the project that is open. Stop it and make a new one?</source>
            <translation>Im geöffneten Projekt wird gearbeitet. Die Arbeit stoppen und ein neues anlegen?</translation>
        </message>
        <message>
            <source>Work is running in the project that is open. Stop it and open the demo?</source>
            <translation>Im geöffneten Projekt wird gearbeitet. Die Arbeit stoppen und die Demo öffnen?</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Undo: %1</source>
            <translation>Rückgängig: %1</translation>
        </message>
        <message>
            <source>Prepare the demo</source>
            <translation>Demo vorbereiten</translation>
        </message>
        <message numerus="yes">
            <source>Going on with what was stopped when the window closed (%n runs).</source>
            <translation>
                <numerusform>Was beim Schließen des Fensters gestoppt wurde, geht weiter (%n Lauf).</numerusform>
                <numerusform>Was beim Schließen des Fensters gestoppt wurde, geht weiter (%n Läufe).</numerusform>
            </translation>
        </message>
        <message>
            <source>Show runs</source>
            <translation>Läufe anzeigen</translation>
        </message>
        <message numerus="yes">
            <source>The program ended while %n runs were going on. What they had is kept, and they can be resumed.</source>
            <translation>
                <numerusform>Das Programm endete, während noch %n Lauf im Gang war. Was er hatte, ist erhalten, und er lässt sich fortsetzen.</numerusform>
                <numerusform>Das Programm endete, während noch %n Läufe im Gang waren. Was sie hatten, ist erhalten, und sie lassen sich fortsetzen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Work is running in this project. Stop it and close the project?</source>
            <translation>In diesem Projekt wird gearbeitet. Die Arbeit stoppen und das Projekt schließen?</translation>
        </message>
        <message>
            <source>Work is running</source>
            <translation>Arbeit läuft</translation>
        </message>
        <message>
            <source>Go on with it when this project is opened next</source>
            <translation>Beim nächsten Öffnen dieses Projekts fortsetzen</translation>
        </message>
        <message>
            <source>Stop and save</source>
            <translation>Stoppen und speichern</translation>
        </message>
        <message>
            <source>Keep working</source>
            <translation>Weiterarbeiten</translation>
        </message>
        <message>
            <source>Stopping; what was computed so far is being saved.</source>
            <translation>Wird gestoppt; bisher Berechnetes wird gespeichert.</translation>
        </message>
        <message>
            <source>Work is running. Stop it and close the window?</source>
            <translation>Es wird noch gearbeitet. Die Arbeit stoppen und das Fenster schließen?</translation>
        </message>
        <message>
            <source>Open the demo project</source>
            <translation>Demo-Projekt öffnen</translation>
        </message>
        <message>
            <source>A toy world inside the program: the whole experiment in a minute</source>
            <translation>Eine Spielzeugwelt im Programm: das ganze Experiment in einer Minute</translation>
        </message>
        <message>
            <source>New project…</source>
            <translation>Neues Projekt…</translation>
        </message>
        <message>
            <source>Make a project file</source>
            <translation>Eine Projektdatei anlegen</translation>
        </message>
        <message>
            <source>New project</source>
            <translation>Neues Projekt</translation>
        </message>
        <message>
            <source>Wordsight projects (*.wordsight)</source>
            <translation>Wordsight-Projekte (*.wordsight)</translation>
        </message>
        <message>
            <source>Open a project…</source>
            <translation>Projekt öffnen…</translation>
        </message>
        <message>
            <source>Open a project file</source>
            <translation>Eine Projektdatei öffnen</translation>
        </message>
        <message>
            <source>Open a project</source>
            <translation>Projekt öffnen</translation>
        </message>
        <message>
            <source>Close the project</source>
            <translation>Projekt schließen</translation>
        </message>
        <message>
            <source>Close the project; the window stays</source>
            <translation>Das Projekt schließen; das Fenster bleibt</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Find a page or an action…</source>
            <translation>Seite oder Aktion finden…</translation>
        </message>
        <message>
            <source>Every page and action by a few letters of its name</source>
            <translation>Jede Seite und Aktion über ein paar Buchstaben ihres Namens</translation>
        </message>
        <message>
            <source>Preferences…</source>
            <translation>Einstellungen…</translation>
        </message>
        <message>
            <source>Theme, language, folders with models, threads</source>
            <translation>Design, Sprache, Ordner mit Modellen, Threads</translation>
        </message>
        <message>
            <source>About Wordsight…</source>
            <translation>Über Wordsight…</translation>
        </message>
        <message>
            <source>Version, licence, libraries</source>
            <translation>Version, Lizenz, Bibliotheken</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Close the window and end the program</source>
            <translation>Das Fenster schließen und das Programm beenden</translation>
        </message>
        <message>
            <source>Recent projects</source>
            <translation>Zuletzt verwendete Projekte</translation>
        </message>
        <message>
            <source>Open or make a project first; then drop %1 again.</source>
            <translation>Zuerst ein Projekt öffnen oder anlegen; dann %1 noch einmal hierher ziehen.</translation>
        </message>
        <message>
            <source>Nothing here can read %1. Scenarios come as JSONL, JSON or CSV; pictures and models as folders.</source>
            <translation>Nichts hier kann %1 lesen. Szenarien kommen als JSONL, JSON oder CSV; Bilder und Modelle als Ordner.</translation>
        </message>
        <message>
            <source>There is no project file %1. If it lies on a disk that is not connected, connect it; else choose another, or make a new one.</source>
            <translation>Es gibt keine Projektdatei %1. Liegt sie auf einem Datenträger, der nicht verbunden ist, diesen verbinden; sonst eine andere wählen oder eine neue anlegen.</translation>
        </message>
        <message>
            <source>The project file %1 is not there any more. Put it back or connect its disk again; until then nothing can be saved.</source>
            <translation>Die Projektdatei %1 ist nicht mehr da. Bitte zurücklegen oder ihren Datenträger wieder verbinden; bis dahin kann nichts gespeichert werden.</translation>
        </message>
        <message>
            <source>Light theme</source>
            <translation>Helles Design</translation>
        </message>
        <message>
            <source>Light colours</source>
            <translation>Helle Farben</translation>
        </message>
        <message>
            <source>Dark theme</source>
            <translation>Dunkles Design</translation>
        </message>
        <message>
            <source>Dark colours</source>
            <translation>Dunkle Farben</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::MergePanel</name>
        <message>
            <source>Choose where the new folder goes</source>
            <translation>Ort des neuen Ordners wählen</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>Zusammenführen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Merge an adapter into its model</source>
            <translation>Einen Adapter mit seinem Modell zusammenführen</translation>
        </message>
        <message>
            <source>The result is a normal model folder that other programs can load. What exists is never overwritten.</source>
            <translation>Das Ergebnis ist ein gewöhnlicher Modellordner, den andere Programme laden können. Vorhandenes wird nie überschrieben.</translation>
        </message>
        <message>
            <source>A folder that is not there yet</source>
            <translation>Ein Ordner, den es noch nicht gibt</translation>
        </message>
        <message>
            <source>as the model has it</source>
            <translation>wie im Modell</translation>
        </message>
        <message>
            <source>bf16</source>
            <translation>bf16</translation>
        </message>
        <message>
            <source>f32</source>
            <translation>f32</translation>
        </message>
        <message>
            <source>How the merged weights are written</source>
            <translation>Wie die zusammengeführten Gewichte geschrieben werden</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Präzision</translation>
        </message>
        <message>
            <source>Stop; nothing of the new folder stays</source>
            <translation>Stoppen; vom neuen Ordner bleibt nichts</translation>
        </message>
        <message>
            <source>Back to the model's details; a merge that runs goes on</source>
            <translation>Zurück zu den Details des Modells; ein laufendes Zusammenführen geht weiter</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Adapter</source>
            <translation>Adapter</translation>
        </message>
        <message>
            <source>New folder</source>
            <translation>Neuer Ordner</translation>
        </message>
        <message>
            <source>Choose the model first</source>
            <translation>Zuerst das Modell wählen</translation>
        </message>
        <message>
            <source>Choose the adapter first</source>
            <translation>Zuerst den Adapter wählen</translation>
        </message>
        <message>
            <source>Say where the new folder goes</source>
            <translation>Angeben, wohin der neue Ordner kommt</translation>
        </message>
        <message>
            <source>One merge at a time</source>
            <translation>Nur ein Zusammenführen auf einmal</translation>
        </message>
        <message>
            <source>Write the merged model</source>
            <translation>Das zusammengeführte Modell schreiben</translation>
        </message>
        <message>
            <source>Merge into %1</source>
            <translation>In %1 zusammenführen</translation>
        </message>
        <message>
            <source>Merged into %1.</source>
            <translation>In %1 zusammengeführt.</translation>
        </message>
        <message>
            <source>Stopped; nothing of %1 was kept.</source>
            <translation>Gestoppt; von %1 wurde nichts behalten.</translation>
        </message>
        <message>
            <source>Open a project first: a merge is one of its runs.</source>
            <translation>Zuerst ein Projekt öffnen: Eine Zusammenführung ist einer seiner Läufe.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::MessageBar</name>
        <message>
            <source>Close this message</source>
            <translation>Diese Meldung schließen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ModelChooser</name>
        <message>
            <source>rank %1</source>
            <translation>Rang %1</translation>
        </message>
        <message>
            <source>%1 steps</source>
            <translation>%1 Schritte</translation>
        </message>
        <message>
            <source>trained on %1</source>
            <translation>trainiert mit %1</translation>
        </message>
        <message>
            <source>sees pictures</source>
            <translation>sieht Bilder</translation>
        </message>
        <message>
            <source>text only</source>
            <translation>nur Text</translation>
        </message>
        <message>
            <source>%1 parameters</source>
            <translation>%1 Parameter</translation>
        </message>
        <message>
            <source>Choose a model folder</source>
            <translation>Modellordner wählen</translation>
        </message>
        <message>
            <source>Adapter folder</source>
            <translation>Adapterordner</translation>
        </message>
        <message>
            <source>Model folder</source>
            <translation>Modellordner</translation>
        </message>
        <message>
            <source>No adapter</source>
            <translation>Kein Adapter</translation>
        </message>
        <message>
            <source>Choose an adapter folder, or drop it here</source>
            <translation>Adapterordner wählen oder hierher ziehen</translation>
        </message>
        <message>
            <source>Choose a model folder, or drop it here</source>
            <translation>Modellordner wählen oder hierher ziehen</translation>
        </message>
        <message>
            <source>Browse…</source>
            <translation>Durchsuchen…</translation>
        </message>
        <message>
            <source>Choose the folder in a dialog</source>
            <translation>Den Ordner in einem Dialog wählen</translation>
        </message>
        <message>
            <source>Browse for the folder</source>
            <translation>Nach dem Ordner suchen</translation>
        </message>
        <message>
            <source>This folder holds an adapter. Choose the model that it belongs to: %1.</source>
            <translation>Dieser Ordner enthält einen Adapter. Das Modell wählen, zu dem er gehört: %1.</translation>
        </message>
        <message>
            <source>its base</source>
            <translation>seine Basis</translation>
        </message>
        <message>
            <source>This folder holds a whole model, not an adapter.</source>
            <translation>Dieser Ordner enthält ein ganzes Modell, keinen Adapter.</translation>
        </message>
        <message>
            <source>This adapter was trained on %1, not on the model above.</source>
            <translation>Dieser Adapter wurde auf %1 trainiert, nicht auf dem Modell oben.</translation>
        </message>
        <message>
            <source>The model as it is</source>
            <translation>Das Modell, wie es ist</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>Wird gelesen…</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ModelDetailsPanel</name>
        <message>
            <source>Vision part</source>
            <translation>Bildteil</translation>
        </message>
        <message>
            <source>Embedding</source>
            <translation>Embedding</translation>
        </message>
        <message>
            <source>Output head</source>
            <translation>Ausgabekopf</translation>
        </message>
        <message>
            <source>Language part</source>
            <translation>Sprachteil</translation>
        </message>
        <message>
            <source>Choose a model to see what it is.</source>
            <translation>Ein Modell wählen, um zu sehen, was es ist.</translation>
        </message>
        <message>
            <source>Evaluate</source>
            <translation>Auswerten</translation>
        </message>
        <message>
            <source>Ask it about a benchmark</source>
            <translation>Zu einem Benchmark befragen</translation>
        </message>
        <message>
            <source>Train on this</source>
            <translation>Darauf trainieren</translation>
        </message>
        <message>
            <source>Train an adapter for this model</source>
            <translation>Einen Adapter für dieses Modell trainieren</translation>
        </message>
        <message>
            <source>Merge…</source>
            <translation>Zusammenführen…</translation>
        </message>
        <message>
            <source>Add the adapter into its model: a new folder</source>
            <translation>Den Adapter in sein Modell einrechnen: ein neuer Ordner</translation>
        </message>
        <message>
            <source>Copy the folder's path</source>
            <translation>Pfad des Ordners kopieren</translation>
        </message>
        <message>
            <source>Open the folder on the desktop</source>
            <translation>Ordner in der Dateiverwaltung öffnen</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>adapter, checkpoint of a training that can go on</source>
            <translation>Adapter, Checkpoint eines fortsetzbaren Trainings</translation>
        </message>
        <message>
            <source>adapter</source>
            <translation>Adapter</translation>
        </message>
        <message>
            <source>Belongs to</source>
            <translation>Gehört zu</translation>
        </message>
        <message>
            <source>Rank, alpha</source>
            <translation>Rang, Alpha</translation>
        </message>
        <message>
            <source>Changes</source>
            <translation>Verändert</translation>
        </message>
        <message>
            <source>model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>nicht bekannt</translation>
        </message>
        <message>
            <source>Family</source>
            <translation>Familie</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>can be shown to it</source>
            <translation>können ihm gezeigt werden</translation>
        </message>
        <message>
            <source>none: it reads text only</source>
            <translation>keine: liest nur Text</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Size on disk</source>
            <translation>Größe auf der Platte</translation>
        </message>
        <message>
            <source>%1 bytes</source>
            <translation>%1 Bytes</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Präzision</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>Snapshot</translation>
        </message>
        <message>
            <source>Merged from</source>
            <translation>Zusammengeführt aus</translation>
        </message>
        <message>
            <source>%1 steps</source>
            <translation>%1 Schritte</translation>
        </message>
        <message>
            <source>run %1</source>
            <translation>Lauf %1</translation>
        </message>
        <message>
            <source>of %1</source>
            <translation>aus %1</translation>
        </message>
        <message>
            <source>Trained on</source>
            <translation>Trainiert mit</translation>
        </message>
        <message>
            <source>Tensors</source>
            <translation>Tensoren</translation>
        </message>
        <message>
            <source>%1 parameters</source>
            <translation>%1 Parameter</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>Schichten</translation>
        </message>
        <message>
            <source>%1 of width %2, inner %3</source>
            <translation>%1 mit Breite %2, innen %3</translation>
        </message>
        <message>
            <source>Heads</source>
            <translation>Köpfe</translation>
        </message>
        <message>
            <source>%1, sharing %2 keys and values</source>
            <translation>%1, gemeinsam %2 Keys und Values</translation>
        </message>
        <message>
            <source>Vocabulary</source>
            <translation>Vokabular</translation>
        </message>
        <message>
            <source>%1 tokens</source>
            <translation>%1 Token</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>Kontext</translation>
        </message>
        <message>
            <source>Chat format</source>
            <translation>Chat-Format</translation>
        </message>
        <message>
            <source>About it</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>and %1 more</source>
            <translation>und %1 weitere</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>It cannot be used as it is</source>
            <translation>So ist es nicht verwendbar</translation>
        </message>
        <message>
            <source>Train this adapter further</source>
            <translation>Diesen Adapter weiter trainieren</translation>
        </message>
        <message>
            <source>Add this adapter into its model: a new folder</source>
            <translation>Diesen Adapter in sein Modell einrechnen: ein neuer Ordner</translation>
        </message>
        <message>
            <source>Add an adapter into this model: a new folder</source>
            <translation>Einen Adapter in dieses Modell einrechnen: ein neuer Ordner</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ModelTree</name>
        <message>
            <source>merged from %1</source>
            <translation>zusammengeführt aus %1</translation>
        </message>
        <message>
            <source>%1 steps</source>
            <translation>%1 Schritte</translation>
        </message>
        <message>
            <source>This folder</source>
            <translation>Dieser Ordner</translation>
        </message>
        <message>
            <source>adapter</source>
            <translation>Adapter</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>%1, vision</source>
            <translation>%1, Vision</translation>
        </message>
        <message>
            <source>nothing that can be used</source>
            <translation>nichts Verwendbares</translation>
        </message>
        <message>
            <source>checkpoint</source>
            <translation>Checkpoint</translation>
        </message>
        <message>
            <source>usable</source>
            <translation>verwendbar</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Family</source>
            <translation>Familie</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Präzision</translation>
        </message>
        <message>
            <source>Trained on</source>
            <translation>Trainiert mit</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>rank %1</source>
            <translation>Rang %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ModelsPage</name>
        <message>
            <source>Add a folder of models…</source>
            <translation>Modellordner hinzufügen…</translation>
        </message>
        <message>
            <source>It is looked through, five folders deep</source>
            <translation>Er wird bis zu fünf Ebenen tief durchsucht</translation>
        </message>
        <message>
            <source>Look into Hugging Face's cache</source>
            <translation>Im Cache von Hugging Face suchen</translation>
        </message>
        <message>
            <source>Models that were fetched by other programs</source>
            <translation>Modelle, die andere Programme geladen haben</translation>
        </message>
        <message>
            <source>Look through the folders again</source>
            <translation>Die Ordner erneut durchsuchen</translation>
        </message>
        <message>
            <source>Scan the model folders</source>
            <translation>Modellordner durchsuchen</translation>
        </message>
        <message>
            <source>Merge an adapter…</source>
            <translation>Adapter zusammenführen…</translation>
        </message>
        <message>
            <source>A new model folder</source>
            <translation>Ergibt einen neuen Modellordner</translation>
        </message>
        <message>
            <source>No models found yet</source>
            <translation>Noch keine Modelle gefunden</translation>
        </message>
        <message>
            <source>Add a folder with checkpoints as Hugging Face publishes them: config.json, safetensors, tokenizer. It may be dropped here; its folders are looked through as well.</source>
            <translation>Einen Ordner mit Checkpoints hinzufügen, wie Hugging Face sie veröffentlicht: config.json, safetensors, Tokenizer. Er lässt sich auch hier ablegen; seine Unterordner werden mit durchsucht.</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Filter models</source>
            <translation>Modelle filtern</translation>
        </message>
        <message>
            <source>Part of a name, folder, family or problem</source>
            <translation>Teil eines Namens, Ordners, einer Familie oder eines Problems</translation>
        </message>
        <message>
            <source>Checkpoints</source>
            <translation>Checkpoints</translation>
        </message>
        <message>
            <source>Show what trainings saved on their way, too</source>
            <translation>Auch zeigen, was Trainings unterwegs gespeichert haben</translation>
        </message>
        <message numerus="yes">
            <source>%Ln found</source>
            <translation>
                <numerusform>%Ln gefunden</numerusform>
                <numerusform>%Ln gefunden</numerusform>
            </translation>
        </message>
        <message>
            <source>Open a project first: trainings, evaluations and merges are runs of a project.</source>
            <translation>Zuerst ein Projekt öffnen: Training, Auswertung und Zusammenführung sind Läufe eines Projekts.</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>Looking… %1</source>
            <translation>Suche läuft… %1</translation>
        </message>
        <message>
            <source>Checkpoints (%1)</source>
            <translation>Checkpoints (%1)</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ModuleHeat</name>
        <message>
            <source>Size of the update in each layer and module</source>
            <translation>Größe der Änderung in jeder Schicht und jedem Modul</translation>
        </message>
        <message>
            <source>Layer %1, %2: %3.</source>
            <translation>Schicht %1, %2: %3.</translation>
        </message>
        <message>
            <source>Layer %1, %2: the adapter has nothing here.</source>
            <translation>Schicht %1, %2: Der Adapter hat hier nichts.</translation>
        </message>
        <message>
            <source>Nothing was moved: every update is 0.</source>
            <translation>Nichts wurde bewegt: Jede Änderung ist 0.</translation>
        </message>
        <message>
            <source>Strongest: %1 of layer %2, by %3. Over all layers together %4 moved most, by %5.</source>
            <translation>Am stärksten: %1 in Schicht %2, um %3. Über alle Schichten zusammen bewegte sich %4 am meisten, um %5.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::NarrowingPlot</name>
        <message>
            <source>after %1: %2</source>
            <translation>nach %1: %2</translation>
        </message>
        <message>
            <source>Accuracy as answers come</source>
            <translation>Genauigkeit im Verlauf der Antworten</translation>
        </message>
        <message>
            <source>right answers, %</source>
            <translation>richtige Antworten, %</translation>
        </message>
        <message>
            <source>answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>guessing</source>
            <translation>Raten</translation>
        </message>
        <message>
            <source>%1, n = %2</source>
            <translation>%1, n = %2</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::OptionList</name>
        <message>
            <source>key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>The right answer</source>
            <translation>Die richtige Antwort</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::OptionRows</name>
        <message>
            <source>Add option</source>
            <translation>Option hinzufügen</translation>
        </message>
        <message>
            <source>Add an empty option at the end</source>
            <translation>Eine leere Option am Ende hinzufügen</translation>
        </message>
        <message>
            <source>Option %1 is right (key %2 in the table)</source>
            <translation>Option %1 ist richtig (Schlüssel %2 in der Tabelle)</translation>
        </message>
        <message>
            <source>Option %1 is right</source>
            <translation>Option %1 ist richtig</translation>
        </message>
        <message>
            <source>Option %1</source>
            <translation>Option %1</translation>
        </message>
        <message>
            <source>Move or remove option %1</source>
            <translation>Option %1 verschieben oder entfernen</translation>
        </message>
        <message>
            <source>Move up</source>
            <translation>Nach oben</translation>
        </message>
        <message>
            <source>Move down</source>
            <translation>Nach unten</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::OverrideEditor</name>
        <message>
            <source>Override</source>
            <translation>Von Hand ändern</translation>
        </message>
        <message>
            <source>Withdraw</source>
            <translation>Zurücknehmen</translation>
        </message>
        <message>
            <source>Why (kept with the decision)</source>
            <translation>Grund (wird mit der Entscheidung gespeichert)</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>A note that is kept with the decision</source>
            <translation>Eine Notiz, die mit der Entscheidung gespeichert wird</translation>
        </message>
        <message>
            <source>Count this option from now on; what the model wrote stays as it is</source>
            <translation>Ab jetzt diese Option werten; was das Modell geschrieben hat, bleibt unverändert</translation>
        </message>
        <message>
            <source>Let what was read from the answer count again</source>
            <translation>Wieder werten, was aus der Antwort gelesen wurde</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Close without a decision (Esc)</source>
            <translation>Ohne Entscheidung schließen (Esc)</translation>
        </message>
        <message>
            <source>The answer means</source>
            <translation>Die Antwort meint</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keine</translation>
        </message>
        <message>
            <source>Option %1</source>
            <translation>Option %1</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>keine Antwort</translation>
        </message>
        <message>
            <source>The answer names no option; it counts as wrong</source>
            <translation>Die Antwort nennt keine Option; sie zählt als falsch</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::OverviewPage</name>
        <message>
            <source>Run the whole demo</source>
            <translation>Ganze Demo ausführen</translation>
        </message>
        <message>
            <source>Evaluates, trains, evaluates again and compares; about a minute</source>
            <translation>Wertet aus, trainiert, wertet erneut aus und vergleicht; etwa eine Minute</translation>
        </message>
        <message>
            <source>1  Scenarios</source>
            <translation>1  Szenarien</translation>
        </message>
        <message>
            <source>Generate…</source>
            <translation>Erzeugen…</translation>
        </message>
        <message>
            <source>Write new scenarios with a generator</source>
            <translation>Neue Szenarien mit einem Generator schreiben</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importieren…</translation>
        </message>
        <message>
            <source>Bring scenarios in from files</source>
            <translation>Szenarien aus Dateien einlesen</translation>
        </message>
        <message>
            <source>Curate</source>
            <translation>Sichten</translation>
        </message>
        <message>
            <source>Look through the scenarios and decide</source>
            <translation>Szenarien durchsehen und entscheiden</translation>
        </message>
        <message>
            <source>2  Dataset</source>
            <translation>2  Datensatz</translation>
        </message>
        <message>
            <source>Freeze…</source>
            <translation>Einfrieren…</translation>
        </message>
        <message>
            <source>Make a named, unchangeable dataset</source>
            <translation>Einen benannten, unveränderlichen Datensatz anlegen</translation>
        </message>
        <message>
            <source>3  Training</source>
            <translation>3  Training</translation>
        </message>
        <message>
            <source>Train…</source>
            <translation>Trainieren…</translation>
        </message>
        <message>
            <source>Train an adapter on a dataset</source>
            <translation>Einen Adapter mit einem Datensatz trainieren</translation>
        </message>
        <message>
            <source>4  Evaluation</source>
            <translation>4  Auswertung</translation>
        </message>
        <message>
            <source>Evaluate…</source>
            <translation>Auswerten…</translation>
        </message>
        <message>
            <source>Ask models about a benchmark</source>
            <translation>Modelle zu einem Benchmark befragen</translation>
        </message>
        <message>
            <source>5  Comparison</source>
            <translation>5  Vergleich</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Open the report</source>
            <translation>Bericht öffnen</translation>
        </message>
        <message>
            <source>What ran last</source>
            <translation>Zuletzt gelaufen</translation>
        </message>
        <message>
            <source>Enter shows the run</source>
            <translation>Die Eingabetaste zeigt den Lauf</translation>
        </message>
        <message>
            <source>None yet. Generate some, or import a file of scenarios; dropping it here does too.</source>
            <translation>Noch keine. Szenarien erzeugen oder eine Datei mit Szenarien importieren; sie lässt sich auch hier ablegen.</translation>
        </message>
        <message>
            <source>%1 scenarios: %2 accepted, %3 rejected, %4 undecided.</source>
            <translation>%1 Szenarien: %2 angenommen, %3 abgelehnt, %4 unentschieden.</translation>
        </message>
        <message numerus="yes">
            <source>%n have something to look at.</source>
            <translation>
                <numerusform>Bei %n gibt es etwas anzusehen.</numerusform>
                <numerusform>Bei %n gibt es etwas anzusehen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Training reads frozen datasets only, so that a result can be traced to exactly what was learned.</source>
            <translation>Trainiert wird nur mit eingefrorenen Datensätzen, damit sich ein Ergebnis genau auf das Gelernte zurückführen lässt.</translation>
        </message>
        <message>
            <source>“%1” with %2 items (%3).</source>
            <translation>„%1“ mit %2 Szenarien (%3).</translation>
        </message>
        <message numerus="yes">
            <source>%n more.</source>
            <translation>
                <numerusform>%n weiterer.</numerusform>
                <numerusform>%n weitere.</numerusform>
            </translation>
        </message>
        <message>
            <source>No adapter yet. Only the language part learns, from text alone; no picture is needed.</source>
            <translation>Noch kein Adapter. Nur der Sprachteil lernt, allein aus Text; Bilder sind nicht nötig.</translation>
        </message>
        <message>
            <source>%1: loss %2 after %3 steps, %4.</source>
            <translation>%1: Verlust %2 nach %3 Schritten, %4.</translation>
        </message>
        <message>
            <source>No benchmark yet: import an annotation file and its pictures.</source>
            <translation>Noch kein Benchmark: Annotationsdatei und zugehörige Bilder importieren.</translation>
        </message>
        <message numerus="yes">
            <source>“%1”: %2 items, %3 pictures. %n cells measured.</source>
            <translation>
                <numerusform>„%1“: %2 Aufgaben, %3 Bilder. %n Zelle gemessen.</numerusform>
                <numerusform>„%1“: %2 Aufgaben, %3 Bilder. %n Zellen gemessen.</numerusform>
            </translation>
        </message>
        <message>
            <source>On pictures, tuning changed accuracy by %1 points (95 %: %2 to %3; exact McNemar p %4, n = %5).</source>
            <translation>Mit Bildern änderte die Anpassung die Genauigkeit um %1 Punkte (95 %: %2 bis %3; exakter McNemar-Test p %4, n = %5).</translation>
        </message>
        <message>
            <source>Evaluate base and tuned model on pictures to compare them.</source>
            <translation>Basis und angepasstes Modell mit Bildern auswerten, um sie zu vergleichen.</translation>
        </message>
        <message>
            <source>Nothing to compare yet.</source>
            <translation>Noch nichts zu vergleichen.</translation>
        </message>
        <message>
            <source>The whole demo</source>
            <translation>Die ganze Demo</translation>
        </message>
        <message>
            <source>Compare answers side by side</source>
            <translation>Antworten nebeneinander vergleichen</translation>
        </message>
        <message>
            <source>Open the demo's report in a browser</source>
            <translation>Den Bericht der Demo im Browser öffnen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::Page</name>
        <message>
            <source>Overview</source>
            <translation>Übersicht</translation>
        </message>
        <message>
            <source>Scenarios</source>
            <translation>Szenarien</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>Trainieren</translation>
        </message>
        <message>
            <source>Evaluate</source>
            <translation>Auswerten</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>Läufe</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Where the experiment stands, and the next step</source>
            <translation>Wo das Experiment steht, und der nächste Schritt</translation>
        </message>
        <message>
            <source>Generate, import and curate the texts to train on</source>
            <translation>Trainingstexte erzeugen, importieren und sichten</translation>
        </message>
        <message>
            <source>Train an adapter and watch its curves</source>
            <translation>Einen Adapter trainieren und seine Kurven verfolgen</translation>
        </message>
        <message>
            <source>Ask models about a benchmark's pictures and captions</source>
            <translation>Modelle zu Bildern und Bildunterschriften eines Benchmarks befragen</translation>
        </message>
        <message>
            <source>Answers side by side, item by item</source>
            <translation>Antworten nebeneinander, Aufgabe für Aufgabe</translation>
        </message>
        <message>
            <source>Everything that took time: list, mark, compare settings</source>
            <translation>Alles, was Zeit gekostet hat: auflisten, markieren, Einstellungen vergleichen</translation>
        </message>
        <message>
            <source>Checkpoints and adapters in your folders</source>
            <translation>Checkpoints und Adapter in Ihren Ordnern</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::PageSwitcher</name>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>Projects, preferences, help</source>
            <translation>Projekte, Einstellungen, Hilfe</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::PairPanel</name>
        <message>
            <source>The cell that is compared from</source>
            <translation>Die Zelle, von der aus verglichen wird</translation>
        </message>
        <message>
            <source>The cell that is compared to</source>
            <translation>Die Zelle, mit der verglichen wird</translation>
        </message>
        <message>
            <source>Transitions between the two cells</source>
            <translation>Übergänge zwischen den beiden Zellen</translation>
        </message>
        <message>
            <source>The other way round</source>
            <translation>Umgekehrt</translation>
        </message>
        <message>
            <source>Take in a second cell to see what changed between them.</source>
            <translation>Eine zweite Zelle hinzunehmen, um zu sehen, was sich zwischen beiden geändert hat.</translation>
        </message>
        <message>
            <source>Choose two different cells.</source>
            <translation>Zwei verschiedene Zellen wählen.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::PreferencesDialog</name>
        <message>
            <source>Preferences</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Close the preferences; changes hold already</source>
            <translation>Einstellungen schließen; Änderungen gelten bereits</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Farbschema</translation>
        </message>
        <message>
            <source>Light or dark colours</source>
            <translation>Helle oder dunkle Farben</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>Wie der Desktop</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Holds from the next start on</source>
            <translation>Gilt ab dem nächsten Start</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>Zahlen</translation>
        </message>
        <message>
            <source>How numbers are written in the window; files keep the dot</source>
            <translation>Wie Zahlen im Fenster geschrieben werden; in Dateien bleibt es beim Punkt</translation>
        </message>
        <message>
            <source>As the language</source>
            <translation>Wie die Sprache</translation>
        </message>
        <message>
            <source>Threads left to the window</source>
            <translation>Threads für das Fenster</translation>
        </message>
        <message>
            <source>Jobs use the other threads of this machine</source>
            <translation>Aufträge nutzen die übrigen Threads dieses Rechners</translation>
        </message>
        <message>
            <source>A new language holds from the next start on.</source>
            <translation>Eine neue Sprache gilt ab dem nächsten Start.</translation>
        </message>
        <message numerus="yes">
            <source>Of %n threads. With 0, jobs are fastest and the window may lag a little; jobs that run keep what they started with.</source>
            <translation>
                <numerusform>Von %n Thread. Bei 0 laufen Aufträge am schnellsten, das Fenster kann dann etwas stocken; laufende Aufträge behalten, womit sie begonnen haben.</numerusform>
                <numerusform>Von %n Threads. Bei 0 laufen Aufträge am schnellsten, das Fenster kann dann etwas stocken; laufende Aufträge behalten, womit sie begonnen haben.</numerusform>
            </translation>
        </message>
        <message>
            <source>Model folders</source>
            <translation>Modellordner</translation>
        </message>
        <message>
            <source>Folders that are looked through for checkpoints and adapters</source>
            <translation>Ordner, in denen nach Checkpoints und Adaptern gesucht wird</translation>
        </message>
        <message>
            <source>Add…</source>
            <translation>Hinzufügen…</translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>Ordner hinzufügen</translation>
        </message>
        <message>
            <source>Add a folder with models</source>
            <translation>Einen Ordner mit Modellen hinzufügen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Remove a folder</source>
            <translation>Ordner entfernen</translation>
        </message>
        <message>
            <source>Take the chosen folder off the list</source>
            <translation>Den gewählten Ordner von der Liste nehmen</translation>
        </message>
        <message>
            <source>Folder with models</source>
            <translation>Ordner mit Modellen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::PreviewPanel</name>
        <message>
            <source>The first examples stand here as the model sees them, with the tokens that are learned.</source>
            <translation>Hier stehen die ersten Beispiele so, wie das Modell sie sieht, mit den Token, die gelernt werden.</translation>
        </message>
        <message>
            <source>Looking at the data…</source>
            <translation>Daten werden durchgesehen…</translation>
        </message>
        <message>
            <source>First batch</source>
            <translation>Erster Batch</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>All settings</source>
            <translation>Alle Einstellungen</translation>
        </message>
        <message>
            <source>Examples</source>
            <translation>Beispiele</translation>
        </message>
        <message>
            <source>Of the train split</source>
            <translation>Aus dem Train-Split</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Optimiser steps</source>
            <translation>Schritte des Optimierers</translation>
        </message>
        <message>
            <source>Tokens an epoch</source>
            <translation>Token je Epoche</translation>
        </message>
        <message>
            <source>All that go through the model once, and the share that is learned</source>
            <translation>Alle, die einmal durch das Modell gehen, und der Anteil, der gelernt wird</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>An estimate, with the evaluations in between</source>
            <translation>Eine Schätzung, mit den Auswertungen dazwischen</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>An estimate, meant to be right within a third</source>
            <translation>Eine Schätzung, die auf ein Drittel genau sein soll</translation>
        </message>
        <message>
            <source>Example of the first batch</source>
            <translation>Beispiel des ersten Batches</translation>
        </message>
        <message>
            <source>Which example of the first batch is shown</source>
            <translation>Welches Beispiel des ersten Batches gezeigt wird</translation>
        </message>
        <message>
            <source>Previous example</source>
            <translation>Voriges Beispiel</translation>
        </message>
        <message>
            <source>Next example</source>
            <translation>Nächstes Beispiel</translation>
        </message>
        <message>
            <source>The example's tokens</source>
            <translation>Die Token des Beispiels</translation>
        </message>
        <message>
            <source>The first batch</source>
            <translation>Der erste Batch</translation>
        </message>
        <message>
            <source>This does the same in a terminal, on the same project.</source>
            <translation>Das bewirkt im Terminal dasselbe, im selben Projekt.</translation>
        </message>
        <message>
            <source>Copy the command</source>
            <translation>Befehl kopieren</translation>
        </message>
        <message>
            <source>Command line</source>
            <translation>Befehlszeile</translation>
        </message>
        <message>
            <source>and %1 held out</source>
            <translation>und %1 zurückgehalten</translation>
        </message>
        <message>
            <source>none held out: no probe, no held-out loss</source>
            <translation>keine zurückgehalten: keine Probe, kein Verlust auf zurückgehaltenen Daten</translation>
        </message>
        <message>
            <source>%1 epochs</source>
            <translation>%1 Epochen</translation>
        </message>
        <message>
            <source>about %1</source>
            <translation>etwa %1</translation>
        </message>
        <message>
            <source>%1 learned; an example has %2 to %3</source>
            <translation>%1 gelernt; ein Beispiel hat %2 bis %3</translation>
        </message>
        <message>
            <source>cannot be told</source>
            <translation>nicht zu ermitteln</translation>
        </message>
        <message>
            <source>by this model's earlier trainings</source>
            <translation>nach früheren Trainings dieses Modells</translation>
        </message>
        <message>
            <source>by earlier trainings of other models</source>
            <translation>nach früheren Trainings anderer Modelle</translation>
        </message>
        <message>
            <source>by a short measurement of this machine</source>
            <translation>nach einer kurzen Messung auf diesem Rechner</translation>
        </message>
        <message>
            <source>of %1 free</source>
            <translation>von %1 frei</translation>
        </message>
        <message>
            <source>free memory cannot be told</source>
            <translation>freier Speicher nicht zu ermitteln</translation>
        </message>
        <message>
            <source>; activations are computed again</source>
            <translation>; Aktivierungen werden neu berechnet</translation>
        </message>
        <message>
            <source>Weights %1, adapter and optimiser %2, activations %3 (computed again: %4)</source>
            <translation>Gewichte %1, Adapter und Optimierer %2, Aktivierungen %3 (neu berechnet: %4)</translation>
        </message>
        <message>
            <source>Examples that would stop the training before its first step: %1. The first is %2. Take them out and freeze again, or raise "Longest example".</source>
            <translation>Beispiele, an denen das Training vor dem ersten Schritt scheitern würde: %1. Das erste ist %2. Diese herausnehmen und erneut einfrieren oder „Längstes Beispiel“ erhöhen.</translation>
        </message>
        <message>
            <source>This needs more memory than is free. Lower "Tokens at once", choose bfloat16, or set Recompute to always.</source>
            <translation>Das braucht mehr Speicher, als frei ist. „Token auf einmal“ verringern, bfloat16 wählen oder „Neu berechnen“ auf „immer“ stellen.</translation>
        </message>
        <message>
            <source>%1 of %2 · %3 · %4 tokens, %5 learned</source>
            <translation>%1 von %2 · %3 · %4 Token, %5 gelernt</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ProbabilityBars</name>
        <message>
            <source> (key)</source>
            <translation> (Schlüssel)</translation>
        </message>
        <message>
            <source> (chosen)</source>
            <translation> (gewählt)</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::PromptPanel</name>
        <message>
            <source>How the item is asked</source>
            <translation>Wie die Aufgabe gestellt wird</translation>
        </message>
        <message>
            <source>options as written</source>
            <translation>Optionen wie geschrieben</translation>
        </message>
        <message>
            <source>options moved on by %1</source>
            <translation>Optionen um %1 verschoben</translation>
        </message>
        <message>
            <source>In which order the options stand</source>
            <translation>In welcher Reihenfolge die Optionen stehen</translation>
        </message>
        <message>
            <source>Item before</source>
            <translation>Vorige Aufgabe</translation>
        </message>
        <message>
            <source>Next item</source>
            <translation>Nächste Aufgabe</translation>
        </message>
        <message>
            <source>The prompt</source>
            <translation>Der Prompt</translation>
        </message>
        <message>
            <source>Item %1 (%2 of %3)</source>
            <translation>Aufgabe %1 (%2 von %3)</translation>
        </message>
        <message>
            <source>Right: %1</source>
            <translation>Richtig: %1</translation>
        </message>
        <message>
            <source>Choose a model to see the marks that it puts between turns.</source>
            <translation>Ein Modell wählen, um die Marken zu sehen, die es zwischen die Gesprächsbeiträge setzt.</translation>
        </message>
        <message>
            <source>Picture: %1</source>
            <translation>Bild: %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::PromptView</name>
        <message>
            <source>Copy to edit…</source>
            <translation>Kopie bearbeiten…</translation>
        </message>
        <message>
            <source>Choose a folder for the copy</source>
            <translation>Ordner für die Kopie wählen</translation>
        </message>
        <message>
            <source>Strategy whose prompt is shown</source>
            <translation>Strategie, deren Prompt gezeigt wird</translation>
        </message>
        <message>
            <source>As sent</source>
            <translation>Wie gesendet</translation>
        </message>
        <message>
            <source>As written</source>
            <translation>Wie geschrieben</translation>
        </message>
        <message>
            <source>As the first attempt sends it, or as its file has it, with placeholders</source>
            <translation>So, wie ihn der erste Versuch sendet, oder wie er in der Datei steht, mit Platzhaltern</translation>
        </message>
        <message>
            <source>Text of the prompt</source>
            <translation>Text des Prompts</translation>
        </message>
        <message>
            <source>Write the prompt files into a folder of your own, and use them from there</source>
            <translation>Die Prompt-Dateien in einen eigenen Ordner schreiben und von dort verwenden</translation>
        </message>
        <message>
            <source>version %1</source>
            <translation>Version %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::QueuePanel</name>
        <message>
            <source>Queue</source>
            <translation>Warteschlange</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>Früher</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Später</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausieren</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Jobs that run or wait</source>
            <translation>Laufende und wartende Aufträge</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Take out of the queue</source>
            <translation>Aus der Warteschlange nehmen</translation>
        </message>
        <message>
            <source>Stop; a training keeps a checkpoint</source>
            <translation>Stoppen; ein Training behält einen Checkpoint</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RecordedPanel</name>
        <message>
            <source>Choose the file of answers</source>
            <translation>Datei mit Antworten wählen</translation>
        </message>
        <message>
            <source>Answers (*.json *.jsonl);;All files (*)</source>
            <translation>Antworten (*.json *.jsonl);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Import answers</source>
            <translation>Antworten importieren</translation>
        </message>
        <message>
            <source>Answers of a model that ran elsewhere become an evaluation of their own, to be compared like any other. The file is a JSON list of VIVA's items with predictions, or lines such as {"index": 12, "text": "C. …"}.</source>
            <translation>Antworten eines Modells, das anderswo lief, werden zu einer eigenen Auswertung, die sich wie jede andere vergleichen lässt. Die Datei ist eine JSON-Liste von VIVA-Aufgaben mit Vorhersagen oder hat Zeilen wie {"index": 12, "text": "C. …"}.</translation>
        </message>
        <message>
            <source>Name of the model</source>
            <translation>Name des Modells</translation>
        </message>
        <message>
            <source>What that model is called in tables and plots</source>
            <translation>Wie das Modell in Tabellen und Diagrammen heißt</translation>
        </message>
        <message>
            <source>What the model was given</source>
            <translation>Was das Modell bekam</translation>
        </message>
        <message>
            <source>What the model was given when it answered</source>
            <translation>Was das Modell zum Antworten bekam</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Asked with</source>
            <translation>Gefragt mit</translation>
        </message>
        <message>
            <source>Join the answers to the benchmark's items</source>
            <translation>Die Antworten den Aufgaben des Benchmarks zuordnen</translation>
        </message>
        <message>
            <source>Choose a file and give it a name first</source>
            <translation>Zuerst eine Datei wählen und einen Namen vergeben</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RejectModel</name>
        <message>
            <source>Kept: %1</source>
            <translation>Übernommen: %1</translation>
        </message>
        <message>
            <source>Why it was refused</source>
            <translation>Warum verworfen</translation>
        </message>
        <message>
            <source>Strategy</source>
            <translation>Strategie</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Lauf</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RejectTray</name>
        <message>
            <source>Only of this run</source>
            <translation>Nur aus diesem Lauf</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Keep as scenario</source>
            <translation>Als Szenario übernehmen</translation>
        </message>
        <message>
            <source>Refused texts</source>
            <translation>Verworfene Texte</translation>
        </message>
        <message>
            <source>Otherwise those of all runs are listed</source>
            <translation>Sonst werden die aus allen Läufen aufgelistet</translation>
        </message>
        <message>
            <source>%1 refused</source>
            <translation>%1 verworfen</translation>
        </message>
        <message>
            <source>Raw text; mend it here</source>
            <translation>Rohtext; hier ausbessern</translation>
        </message>
        <message>
            <source>The text as it was written. It can be mended here.</source>
            <translation>Der Text, wie er geschrieben wurde. Er lässt sich hier ausbessern.</translation>
        </message>
        <message>
            <source>Copy the text</source>
            <translation>Text kopieren</translation>
        </message>
        <message>
            <source>Make a scenario of the mended text; where it came from stays with it</source>
            <translation>Aus dem ausgebesserten Text ein Szenario machen; die Herkunft bleibt vermerkt</translation>
        </message>
        <message>
            <source>✓ This reads as a scenario and can be kept.</source>
            <translation>✓ Das ist als Szenario lesbar und kann übernommen werden.</translation>
        </message>
        <message>
            <source>Kept as a new scenario, at the end of the table.</source>
            <translation>Als neues Szenario übernommen, am Ende der Tabelle.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ReliabilityPlot</name>
        <message>
            <source>%1
confidence %2
accuracy %3
n %4</source>
            <translation>%1
Konfidenz %2
Genauigkeit %3
n %4</translation>
        </message>
        <message>
            <source>as often right as sure</source>
            <translation>so oft richtig wie sicher</translation>
        </message>
        <message>
            <source>Accuracy (%)</source>
            <translation>Genauigkeit (%)</translation>
        </message>
        <message>
            <source>Confidence (%)</source>
            <translation>Konfidenz (%)</translation>
        </message>
        <message>
            <source>n</source>
            <translation>n</translation>
        </message>
        <message>
            <source>(off by %1)</source>
            <translation>(daneben um %1)</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ResultPanel</name>
        <message>
            <source>Numbers</source>
            <translation>Zahlen</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Optimiser steps that were done</source>
            <translation>Ausgeführte Schritte des Optimierers</translation>
        </message>
        <message>
            <source>Examples</source>
            <translation>Beispiele</translation>
        </message>
        <message>
            <source>Counted each time they were used</source>
            <translation>Bei jeder Verwendung gezählt</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>All that went through the model, and those that the loss counted</source>
            <translation>Alle, die durch das Modell gingen, und die, die im Verlust zählten</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>Of the first and of the last step, in nats a token</source>
            <translation>Des ersten und des letzten Schritts, in Nats je Token</translation>
        </message>
        <message>
            <source>Held-out loss</source>
            <translation>Verlust auf zurückgehaltenen Daten</translation>
        </message>
        <message>
            <source>On the eval split: before, the best, and at the end</source>
            <translation>Auf dem Eval-Split: vorher, bester Wert und am Ende</translation>
        </message>
        <message>
            <source>Probe</source>
            <translation>Probe</translation>
        </message>
        <message>
            <source>Held-out questions whose letter was right: before, best, and at the end</source>
            <translation>Zurückgehaltene Fragen mit richtigem Buchstaben: vorher, bester Wert und am Ende</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Mean over the whole training</source>
            <translation>Mittel über das ganze Training</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Without pauses</source>
            <translation>Ohne Pausen</translation>
        </message>
        <message>
            <source>Most memory</source>
            <translation>Höchster Speicherbedarf</translation>
        </message>
        <message>
            <source>Of the whole program</source>
            <translation>Des ganzen Programms</translation>
        </message>
        <message>
            <source>Size of the update in each layer</source>
            <translation>Größe der Änderung in jeder Schicht</translation>
        </message>
        <message>
            <source>How far each layer was moved</source>
            <translation>Wie weit sich jede Schicht bewegt hat</translation>
        </message>
        <message>
            <source>The base model</source>
            <translation>Das Basismodell</translation>
        </message>
        <message>
            <source>The adapter</source>
            <translation>Der Adapter</translation>
        </message>
        <message>
            <source>Open the adapter's folder</source>
            <translation>Ordner des Adapters öffnen</translation>
        </message>
        <message>
            <source>Copy the folder's path</source>
            <translation>Pfad des Ordners kopieren</translation>
        </message>
        <message>
            <source>The path was copied.</source>
            <translation>Der Pfad wurde kopiert.</translation>
        </message>
        <message>
            <source>Evaluate…</source>
            <translation>Auswerten…</translation>
        </message>
        <message>
            <source>Ask the tuned model about a benchmark</source>
            <translation>Das angepasste Modell zu einem Benchmark befragen</translation>
        </message>
        <message>
            <source>Compare…</source>
            <translation>Vergleichen…</translation>
        </message>
        <message>
            <source>Answers of base and tuned model side by side</source>
            <translation>Antworten von Basis und angepasstem Modell nebeneinander</translation>
        </message>
        <message>
            <source>Merge…</source>
            <translation>Zusammenführen…</translation>
        </message>
        <message>
            <source>Write base and adapter as one model</source>
            <translation>Basis und Adapter als ein Modell schreiben</translation>
        </message>
        <message>
            <source>Use its settings</source>
            <translation>Einstellungen übernehmen</translation>
        </message>
        <message>
            <source>Fill the form for a new training with the settings of this one</source>
            <translation>Das Formular für ein neues Training mit den Einstellungen von diesem ausfüllen</translation>
        </message>
        <message>
            <source>%1, of which %2 counted</source>
            <translation>%1, davon %2 gezählt</translation>
        </message>
        <message>
            <source>%1 → %2, best %3 at step %4</source>
            <translation>%1 → %2, bester Wert %3 bei Schritt %4</translation>
        </message>
        <message>
            <source>%1 tokens/s</source>
            <translation>%1 Token/s</translation>
        </message>
        <message>
            <source>What is known of the base is written when the training ends.</source>
            <translation>Was über die Basis bekannt ist, wird am Ende des Trainings geschrieben.</translation>
        </message>
        <message>
            <source>Written when the training ends.</source>
            <translation>Wird am Ende des Trainings geschrieben.</translation>
        </message>
        <message>
            <source>Norm of the update</source>
            <translation>Norm der Änderung</translation>
        </message>
        <message>
            <source>layer</source>
            <translation>Schicht</translation>
        </message>
        <message>
            <source>norm of the update</source>
            <translation>Norm der Änderung</translation>
        </message>
        <message>
            <source>Unchanged. The SHA-256 of each of the %1 parts that were loaded (embedding, layers, output) was taken before and after the training: all are equal. Only the language part was loaded. The vision part and its projector were never in memory, and the model's files are only read, so this training could not touch them.</source>
            <translation>Unverändert. Von jedem der %1 geladenen Teile (Embedding, Schichten, Ausgabe) wurde vor und nach dem Training der SHA-256-Wert bestimmt: Alle stimmen überein. Nur der Sprachteil wurde geladen. Der Bildteil und sein Projektor waren nie im Speicher, und die Dateien des Modells werden nur gelesen; dieses Training konnte sie also nicht verändern.</translation>
        </message>
        <message>
            <source>These parts of the base changed in memory, which is a fault of the program; please report it: %1.</source>
            <translation>Diese Teile der Basis haben sich im Speicher geändert. Das ist ein Fehler des Programms; bitte melden: %1.</translation>
        </message>
        <message>
            <source>Not written yet</source>
            <translation>Noch nicht geschrieben</translation>
        </message>
        <message>
            <source>The adapter is written when the training is done.</source>
            <translation>Der Adapter wird geschrieben, wenn das Training fertig ist.</translation>
        </message>
        <message>
            <source>%1, in PEFT's format, as it was after the last step.</source>
            <translation>%1, im Format von PEFT, Stand nach dem letzten Schritt.</translation>
        </message>
        <message>
            <source>There is no adapter in this folder any more: it was moved or removed. Train again, or put it back.</source>
            <translation>In diesem Ordner ist kein Adapter mehr: Er wurde verschoben oder entfernt. Erneut trainieren oder ihn zurücklegen.</translation>
        </message>
        <message>
            <source>No finished adapter: the newest checkpoint is that of step %1. Resume the training to finish it.</source>
            <translation>Kein fertiger Adapter: Der neueste Checkpoint ist der von Schritt %1. Das Training fortsetzen, um es abzuschließen.</translation>
        </message>
        <message>
            <source>No adapter: the training ended before a checkpoint was written.</source>
            <translation>Kein Adapter: Das Training endete, bevor ein Checkpoint geschrieben wurde.</translation>
        </message>
        <message>
            <source>%1 is not there any more.</source>
            <translation>%1 ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The desktop has no program that opens folders; the path is %1.</source>
            <translation>Der Desktop hat kein Programm, das Ordner öffnet; der Pfad ist %1.</translation>
        </message>
        <message>
            <source>; n ≤ %1</source>
            <translation>; n ≤ %1</translation>
        </message>
        <message>
            <source>How far each module was moved</source>
            <translation>Wie weit jedes Modul bewegt wurde</translation>
        </message>
        <message>
            <source>Evaluate the training's adapter…</source>
            <translation>Adapter des Trainings auswerten…</translation>
        </message>
        <message>
            <source>Compare the training's adapter…</source>
            <translation>Adapter des Trainings vergleichen…</translation>
        </message>
        <message>
            <source>Merge the training's adapter…</source>
            <translation>Adapter des Trainings zusammenführen…</translation>
        </message>
        <message>
            <source>Use the training's settings</source>
            <translation>Einstellungen des Trainings übernehmen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RunDetails</name>
        <message>
            <source>What came of it</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>What it rests on</source>
            <translation>Worauf er beruht</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Rests on</source>
            <translation>Beruht auf</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Anzeigen</translation>
        </message>
        <message>
            <source>Show this run on its own page</source>
            <translation>Diesen Lauf auf seiner eigenen Seite zeigen</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Go on where it stopped</source>
            <translation>Dort weitermachen, wo er stehen blieb</translation>
        </message>
        <message>
            <source>Copy command</source>
            <translation>Befehl kopieren</translation>
        </message>
        <message>
            <source>The command line that does the same</source>
            <translation>Die Befehlszeile, die dasselbe tut</translation>
        </message>
        <message>
            <source>What you want to remember about this run</source>
            <translation>Was Sie sich zu diesem Lauf merken möchten</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Schlagwörter</translation>
        </message>
        <message>
            <source>Tags, with commas between them</source>
            <translation>Schlagwörter, durch Kommas getrennt</translation>
        </message>
        <message>
            <source>baseline, paper</source>
            <translation>Baseline, Paper</translation>
        </message>
        <message>
            <source>Save note</source>
            <translation>Notiz speichern</translation>
        </message>
        <message>
            <source>Save note and tags</source>
            <translation>Notiz und Schlagwörter speichern</translation>
        </message>
        <message>
            <source>No command was noted</source>
            <translation>Kein Befehl vermerkt</translation>
        </message>
        <message>
            <source>warning: </source>
            <translation>Warnung: </translation>
        </message>
        <message>
            <source>In short</source>
            <translation>In Kürze</translation>
        </message>
        <message>
            <source>Nothing yet</source>
            <translation>Noch nichts</translation>
        </message>
        <message>
            <source>Dataset %1</source>
            <translation>Datensatz %1</translation>
        </message>
        <message>
            <source>Benchmark %1</source>
            <translation>Benchmark %1</translation>
        </message>
        <message>
            <source>Run %1 %2 rests on this one</source>
            <translation>Lauf %1 %2 beruht auf diesem</translation>
        </message>
        <message>
            <source>Run %1 %2 (%3)</source>
            <translation>Lauf %1 %2 (%3)</translation>
        </message>
        <message>
            <source>Nothing: it stands alone.</source>
            <translation>Nichts: Er steht für sich allein.</translation>
        </message>
        <message>
            <source>Update of %1</source>
            <translation>Änderung von %1</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>%1 a second</source>
            <translation>%1 je Sekunde</translation>
        </message>
        <message>
            <source>%1 GFLOP/s</source>
            <translation>%1 GFLOP/s</translation>
        </message>
        <message>
            <source>A note of your own, up to %1 characters; saved when you leave it</source>
            <translation>Eine eigene Notiz, bis zu %1 Zeichen; wird beim Verlassen gespeichert</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RunDiff</name>
        <message>
            <source>Also what is the same</source>
            <translation>Auch Gleiches</translation>
        </message>
        <message>
            <source>Compare answers</source>
            <translation>Antworten vergleichen</translation>
        </message>
        <message>
            <source>Show settings that do not differ, too</source>
            <translation>Auch Einstellungen zeigen, die sich nicht unterscheiden</translation>
        </message>
        <message>
            <source>Show the chosen evaluations side by side, item by item</source>
            <translation>Die gewählten Auswertungen nebeneinander zeigen, Aufgabe für Aufgabe</translation>
        </message>
        <message>
            <source>Settings side by side</source>
            <translation>Einstellungen nebeneinander</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>Kurven</translation>
        </message>
        <message numerus="yes">
            <source>%n runs beside each other</source>
            <translation>
                <numerusform>%n Lauf</numerusform>
                <numerusform>%n Läufe nebeneinander</numerusform>
            </translation>
        </message>
        <message>
            <source>Setting</source>
            <translation>Einstellung</translation>
        </message>
        <message>
            <source>All settings are the same.</source>
            <translation>Alle Einstellungen sind gleich.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RunPanel</name>
        <message>
            <source>Warning: </source>
            <translation>Warnung: </translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Protokoll zeigen</translation>
        </message>
        <message>
            <source>Progress of the training</source>
            <translation>Fortschritt des Trainings</translation>
        </message>
        <message>
            <source>Saved as %1.</source>
            <translation>Gespeichert als %1.</translation>
        </message>
        <message>
            <source>Log of the training</source>
            <translation>Protokoll des Trainings</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>Kurven</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>What changed</source>
            <translation>Was sich geändert hat</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>It is running.</source>
            <translation>Es läuft.</translation>
        </message>
        <message>
            <source>This training is done.</source>
            <translation>Dieses Training ist fertig.</translation>
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation>Das Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>It waits in the queue.</source>
            <translation>Es wartet in der Warteschlange.</translation>
        </message>
        <message>
            <source>It is running in another program; stop it there first.</source>
            <translation>Es läuft in einem anderen Programm; dort zuerst stoppen.</translation>
        </message>
        <message>
            <source>%1 after %2</source>
            <translation>%1 nach %2</translation>
        </message>
        <message>
            <source>waits in the queue</source>
            <translation>wartet in der Warteschlange</translation>
        </message>
        <message>
            <source>There is no checkpoint: it would start again.</source>
            <translation>Es gibt keinen Checkpoint: Es würde von vorn beginnen.</translation>
        </message>
        <message>
            <source>It can go on after step %1.</source>
            <translation>Es kann nach Schritt %1 weitergehen.</translation>
        </message>
        <message>
            <source>The program ended while this training ran. %1</source>
            <translation>Das Programm endete, während dieses Training lief. %1</translation>
        </message>
        <message>
            <source>Stopped. %1</source>
            <translation>Gestoppt. %1</translation>
        </message>
        <message>
            <source>training %1</source>
            <translation>Training %1</translation>
        </message>
        <message>
            <source>Curves of the training</source>
            <translation>Kurven des Trainings</translation>
        </message>
        <message>
            <source>Answers of the training, then and now</source>
            <translation>Antworten des Trainings, damals und jetzt</translation>
        </message>
        <message>
            <source>What the training changed</source>
            <translation>Was das Training geändert hat</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RunTable</name>
        <message>
            <source>Runs</source>
            <translation>Läufe</translation>
        </message>
        <message>
            <source>star a run</source>
            <translation>Lauf mit Stern markieren</translation>
        </message>
        <message>
            <source>take a star away</source>
            <translation>Stern entfernen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RunTableModel</name>
        <message>
            <source>no tag</source>
            <translation>kein Schlagwort</translation>
        </message>
        <message>
            <source>loss %1, %2 steps</source>
            <translation>Verlust %1, %2 Schritte</translation>
        </message>
        <message numerus="yes">
            <source>%n items</source>
            <translation>
                <numerusform>%n Eintrag</numerusform>
                <numerusform>%n Einträge</numerusform>
            </translation>
        </message>
        <message>
            <source>Starred runs (S)</source>
            <translation>Läufe mit Stern (S)</translation>
        </message>
        <message>
            <source>No.</source>
            <translation>Nr.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>What came of it</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Gestartet</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Schlagwörter</translation>
        </message>
        <message>
            <source>%1, n %2</source>
            <translation>%1, n %2</translation>
        </message>
        <message numerus="yes">
            <source>, %n overridden</source>
            <translation>
                <numerusform>, %n von Hand geändert</numerusform>
                <numerusform>, %n von Hand geändert</numerusform>
            </translation>
        </message>
        <message>
            <source>loss %1 at step %2</source>
            <translation>Verlust %1 bei Schritt %2</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RunsPage</name>
        <message>
            <source>No runs yet</source>
            <translation>Noch keine Läufe</translation>
        </message>
        <message>
            <source>Everything that takes time is listed here: generating, checking, training, evaluating, with its settings and what came of it.</source>
            <translation>Hier steht alles, was Zeit braucht: Erzeugen, Prüfen, Trainieren, Auswerten, mit Einstellungen und Ergebnis.</translation>
        </message>
        <message>
            <source>Part of a name, note, tag or command</source>
            <translation>Teil eines Namens, einer Notiz, eines Schlagworts oder Befehls</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>Only runs of one kind</source>
            <translation>Nur Läufe einer Art</translation>
        </message>
        <message>
            <source>All kinds</source>
            <translation>Alle Arten</translation>
        </message>
        <message>
            <source>Only runs that ended in one way</source>
            <translation>Nur Läufe, die auf eine bestimmte Weise endeten</translation>
        </message>
        <message>
            <source>Any status</source>
            <translation>Jeder Status</translation>
        </message>
        <message>
            <source>Group the list</source>
            <translation>Liste gruppieren</translation>
        </message>
        <message>
            <source>Not grouped</source>
            <translation>Nicht gruppiert</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>Nach Art</translation>
        </message>
        <message>
            <source>By status</source>
            <translation>Nach Status</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>Nach Tag</translation>
        </message>
        <message>
            <source>By tag</source>
            <translation>Nach Schlagwort</translation>
        </message>
        <message>
            <source>Only starred runs</source>
            <translation>Nur Läufe mit Stern</translation>
        </message>
        <message>
            <source>Filter runs</source>
            <translation>Läufe filtern</translation>
        </message>
        <message>
            <source>Put the cursor into the filter</source>
            <translation>Den Cursor in den Filter setzen</translation>
        </message>
        <message>
            <source>Export the list of runs…</source>
            <translation>Liste der Läufe exportieren…</translation>
        </message>
        <message>
            <source>The rows shown, as CSV</source>
            <translation>Die gezeigten Zeilen als CSV</translation>
        </message>
        <message>
            <source>Read the runs again</source>
            <translation>Läufe neu einlesen</translation>
        </message>
        <message>
            <source>note on a run</source>
            <translation>Notiz zu einem Lauf</translation>
        </message>
        <message numerus="yes">
            <source>%n runs</source>
            <translation>
                <numerusform>%n Lauf</numerusform>
                <numerusform>%n Läufe</numerusform>
            </translation>
        </message>
        <message>
            <source>Export the list of runs</source>
            <translation>Liste der Läufe exportieren</translation>
        </message>
        <message>
            <source>Comma-separated values (*.csv)</source>
            <translation>Kommagetrennte Werte (*.csv)</translation>
        </message>
        <message>
            <source>Wrote %1.</source>
            <translation>%1 geschrieben.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ScenarioEdits</name>
        <message>
            <source>%1: %2 scenario</source>
            <translation>%1: %2 Szenario</translation>
        </message>
        <message>
            <source>%1: %2 scenarios</source>
            <translation>%1: %2 Szenarien</translation>
        </message>
        <message>
            <source>Undo: %1</source>
            <translation>Rückgängig: %1</translation>
        </message>
        <message>
            <source>%1 scenario was changed by somebody else since, and stays so.</source>
            <translation>%1 Szenario wurde inzwischen von jemand anderem geändert und bleibt so.</translation>
        </message>
        <message>
            <source>%1 scenarios were changed by somebody else since, and stay so.</source>
            <translation>%1 Szenarien wurden inzwischen von jemand anderem geändert und bleiben so.</translation>
        </message>
        <message>
            <source>Edit scenario %1</source>
            <translation>Szenario %1 bearbeiten</translation>
        </message>
        <message>
            <source>Add a scenario</source>
            <translation>Szenario hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ScenarioFilterBar</name>
        <message>
            <source>No category</source>
            <translation>Keine Kategorie</translation>
        </message>
        <message>
            <source>Filter by words</source>
            <translation>Nach Wörtern filtern</translation>
        </message>
        <message>
            <source>Words that must all occur, in any order; the last may be a beginning. "In quotes": next to each other (Ctrl+F)</source>
            <translation>Wörter, die alle vorkommen müssen, in beliebiger Reihenfolge; das letzte darf ein Wortanfang sein. "In Anführungszeichen": direkt nebeneinander (Strg+F)</translation>
        </message>
        <message>
            <source>Status: any</source>
            <translation>Status: alle</translation>
        </message>
        <message>
            <source>Filter by status</source>
            <translation>Nach Status filtern</translation>
        </message>
        <message>
            <source>Strategy: any</source>
            <translation>Strategie: alle</translation>
        </message>
        <message>
            <source>Filter by the strategy that asked for the scenario</source>
            <translation>Nach der Strategie filtern, mit der das Szenario angefordert wurde</translation>
        </message>
        <message>
            <source>Made by: any</source>
            <translation>Erstellt von: alle</translation>
        </message>
        <message>
            <source>Filter by who made the scenario: a model, a file, a person</source>
            <translation>Danach filtern, wer das Szenario erstellt hat: ein Modell, eine Datei, ein Mensch</translation>
        </message>
        <message>
            <source>Issues: any</source>
            <translation>Probleme: alle</translation>
        </message>
        <message>
            <source>Filter by what the checks found</source>
            <translation>Danach filtern, was die Prüfungen gefunden haben</translation>
        </message>
        <message>
            <source>Category: any</source>
            <translation>Kategorie: alle</translation>
        </message>
        <message>
            <source>Filter by category</source>
            <translation>Nach Kategorie filtern</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
        <message>
            <source>Show all scenarios again</source>
            <translation>Wieder alle Szenarien zeigen</translation>
        </message>
        <message>
            <source>Clear the filter</source>
            <translation>Filter leeren</translation>
        </message>
        <message>
            <source>With issues</source>
            <translation>Mit Problemen</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>%1 scenario</source>
            <translation>%1 Szenario</translation>
        </message>
        <message>
            <source>%1 scenarios</source>
            <translation>%1 Szenarien</translation>
        </message>
        <message>
            <source>run %1</source>
            <translation>Lauf %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>kein Schlüssel</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>Schlüssel %1</translation>
        </message>
        <message>
            <source>Shown: %1. Press to take this condition away.</source>
            <translation>Gezeigt: %1. Klicken, um diese Bedingung aufzuheben.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ScenarioTable</name>
        <message>
            <source>Scenarios</source>
            <translation>Szenarien</translation>
        </message>
        <message>
            <source>Undecided</source>
            <translation>Unentschieden</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ScenarioTableModel</name>
        <message>
            <source>%1 of %2 options</source>
            <translation>%1 von %2 Optionen</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Situation</source>
            <translation>Situation</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>Strategy</source>
            <translation>Strategie</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>Kategorie</translation>
        </message>
        <message>
            <source>Issues</source>
            <translation>Probleme</translation>
        </message>
        <message>
            <source>Made by</source>
            <translation>Erstellt von</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Geändert</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ScenariosPage</name>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>This project is open for reading only; nothing can be changed.</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet; nichts kann geändert werden.</translation>
        </message>
        <message>
            <source>There is no scenario %1.</source>
            <translation>Es gibt kein Szenario %1.</translation>
        </message>
        <message>
            <source>None of the scenarios shown has an issue. Texts that were never checked have none yet: see Checks.</source>
            <translation>Keines der gezeigten Szenarien hat ein Problem. Bei nie geprüften Texten ist noch keines bekannt: siehe Prüfungen.</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Szenario</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Checks</source>
            <translation>Prüfungen</translation>
        </message>
        <message>
            <source>Generate</source>
            <translation>Erzeugen</translation>
        </message>
        <message>
            <source>Datasets</source>
            <translation>Datensätze</translation>
        </message>
        <message>
            <source>Read, decide and edit the chosen scenario</source>
            <translation>Das gewählte Szenario lesen, entscheiden und bearbeiten</translation>
        </message>
        <message>
            <source>Its revisions and decisions</source>
            <translation>Seine Revisionen und Entscheidungen</translation>
        </message>
        <message>
            <source>What can be said of all scenarios together</source>
            <translation>Was sich über alle Szenarien zusammen sagen lässt</translation>
        </message>
        <message>
            <source>Let a model or the demo's grammar write scenarios</source>
            <translation>Szenarien von einem Modell oder der Grammatik der Demo schreiben lassen</translation>
        </message>
        <message>
            <source>Bring scenarios in from files, write them to files</source>
            <translation>Szenarien aus Dateien einlesen und in Dateien schreiben</translation>
        </message>
        <message>
            <source>Freeze what training reads</source>
            <translation>Einfrieren, womit trainiert wird</translation>
        </message>
        <message>
            <source>No scenarios yet</source>
            <translation>Noch keine Szenarien</translation>
        </message>
        <message>
            <source>Scenarios are short texts: a situation, a question, options and the right one. Let a model write some, or import a file.</source>
            <translation>Szenarien sind kurze Texte: eine Situation, eine Frage, Optionen und die richtige davon. Einige von einem Modell schreiben lassen oder eine Datei importieren.</translation>
        </message>
        <message>
            <source>Generate…</source>
            <translation>Erzeugen…</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importieren…</translation>
        </message>
        <message>
            <source>Nothing matches</source>
            <translation>Keine Treffer</translation>
        </message>
        <message>
            <source>No scenario has all that the filter asks for.</source>
            <translation>Kein Szenario erfüllt alle Bedingungen des Filters.</translation>
        </message>
        <message>
            <source>Clear the filter</source>
            <translation>Filter leeren</translation>
        </message>
        <message>
            <source>Filter scenarios</source>
            <translation>Szenarien filtern</translation>
        </message>
        <message>
            <source>Go to the field that filters by words</source>
            <translation>Zum Feld gehen, das nach Wörtern filtert</translation>
        </message>
        <message>
            <source>Next scenario with an issue</source>
            <translation>Nächstes Szenario mit einem Problem</translation>
        </message>
        <message>
            <source>A R U decide · 1–5 key · E edit · N issue</source>
            <translation>A R U entscheiden · 1–5 Schlüssel · E bearbeiten · N Problem</translation>
        </message>
        <message>
            <source>Keys while the table has the focus: A accept, R reject, U undecided, 1–5 set the key, E edit (Esc comes back), N next with an issue, Ctrl+Z undo, Ctrl+Y redo. After a decision the next row follows.</source>
            <translation>Tasten, solange die Tabelle den Fokus hat: A annehmen, R ablehnen, U unentschieden, 1–5 Schlüssel setzen, E bearbeiten (Esc führt zurück), N nächstes mit Problem, Strg+Z rückgängig, Strg+Y wiederholen. Nach einer Entscheidung folgt die nächste Zeile.</translation>
        </message>
        <message>
            <source>New scenario by hand</source>
            <translation>Neues Szenario von Hand</translation>
        </message>
        <message>
            <source>Add an empty scenario and write it</source>
            <translation>Ein leeres Szenario hinzufügen und schreiben</translation>
        </message>
        <message>
            <source>Check all scenarios</source>
            <translation>Alle Szenarien prüfen</translation>
        </message>
        <message>
            <source>Look for uneven letters, duplicates and faulty items</source>
            <translation>Nach unausgewogenen Buchstaben, Doppelten und fehlerhaften Szenarien suchen</translation>
        </message>
        <message>
            <source>Generate scenarios</source>
            <translation>Szenarien erzeugen</translation>
        </message>
        <message>
            <source>Import or export scenarios</source>
            <translation>Szenarien importieren oder exportieren</translation>
        </message>
        <message>
            <source>Freeze a dataset</source>
            <translation>Datensatz einfrieren</translation>
        </message>
        <message>
            <source>Keep scenarios as a named list that training reads</source>
            <translation>Szenarien als benannte Liste festhalten, die das Training liest</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>Show all scenarios again</source>
            <translation>Wieder alle Szenarien zeigen</translation>
        </message>
        <message>
            <source>Freeze the selected scenarios</source>
            <translation>Die ausgewählten Szenarien einfrieren</translation>
        </message>
        <message>
            <source>Keep the selected rows as a named list that training reads</source>
            <translation>Die ausgewählten Zeilen als benannte Liste festhalten, die das Training liest</translation>
        </message>
        <message>
            <source>History of the scenario</source>
            <translation>Verlauf des Szenarios</translation>
        </message>
        <message>
            <source>Accept the selected scenarios</source>
            <translation>Die ausgewählten Szenarien annehmen</translation>
        </message>
        <message>
            <source>In the table the key A does it</source>
            <translation>In der Tabelle tut es die Taste A</translation>
        </message>
        <message>
            <source>Reject the selected scenarios</source>
            <translation>Die ausgewählten Szenarien ablehnen</translation>
        </message>
        <message>
            <source>In the table the key R does it</source>
            <translation>In der Tabelle tut es die Taste R</translation>
        </message>
        <message>
            <source>Leave the selected scenarios undecided</source>
            <translation>Die ausgewählten Szenarien unentschieden lassen</translation>
        </message>
        <message>
            <source>In the table the key U does it</source>
            <translation>In der Tabelle tut es die Taste U</translation>
        </message>
        <message>
            <source>Edit the scenario</source>
            <translation>Das Szenario bearbeiten</translation>
        </message>
        <message>
            <source>In the table the key E does it</source>
            <translation>In der Tabelle tut es die Taste E</translation>
        </message>
        <message>
            <source>Go to the next scenario in which a check found something (key N)</source>
            <translation>Zum nächsten Szenario, in dem eine Prüfung etwas fand (Taste N)</translation>
        </message>
        <message>
            <source>Reshuffle options of the scenarios shown…</source>
            <translation>Optionen der gezeigten Szenarien mischen…</translation>
        </message>
        <message>
            <source>Give the options new orders; shows first what would happen</source>
            <translation>Den Optionen neue Reihenfolgen geben; zeigt zuerst, was geschehen würde</translation>
        </message>
        <message>
            <source>Find and replace in the scenarios shown…</source>
            <translation>In den gezeigten Szenarien suchen und ersetzen…</translation>
        </message>
        <message>
            <source>Find and replace text; shows first what would happen</source>
            <translation>Text suchen und ersetzen; zeigt zuerst, was geschehen würde</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::Settings</name>
        <message>
            <source>The settings in %1 cannot be read; remove that file to keep settings again.</source>
            <translation>Die Einstellungen in %1 sind nicht lesbar; die Datei entfernen, um wieder Einstellungen zu speichern.</translation>
        </message>
        <message>
            <source>The settings in %1 could not be read. They were set aside as %2, and defaults hold now.</source>
            <translation>Die Einstellungen in %1 waren nicht lesbar. Sie wurden als %2 beiseitegelegt, jetzt gelten die Standardwerte.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::SpecPanel</name>
        <message>
            <source>All settings as JSON</source>
            <translation>Alle Einstellungen als JSON</translation>
        </message>
        <message>
            <source>Everything that decides what is computed. Edit it here, or paste the settings of another training.</source>
            <translation>Alles, was bestimmt, was berechnet wird. Hier bearbeiten oder die Einstellungen eines anderen Trainings einfügen.</translation>
        </message>
        <message>
            <source>Copy all settings</source>
            <translation>Alle Einstellungen kopieren</translation>
        </message>
        <message>
            <source>This is too long for the settings of a training.</source>
            <translation>Das ist zu lang für die Einstellungen eines Trainings.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::SplitShares</name>
        <message>
            <source>train</source>
            <translation>train</translation>
        </message>
        <message>
            <source>Learned from</source>
            <translation>Daraus wird gelernt</translation>
        </message>
        <message>
            <source>eval</source>
            <translation>eval</translation>
        </message>
        <message>
            <source>Held out: its loss is drawn while training</source>
            <translation>Zurückgehalten: Ihr Verlust wird beim Training gezeichnet</translation>
        </message>
        <message>
            <source>test</source>
            <translation>test</translation>
        </message>
        <message>
            <source>Kept for later; training never sees it</source>
            <translation>Für später; das Training sieht sie nie</translation>
        </message>
        <message>
            <source>Share of the split %1</source>
            <translation>Anteil des Splits %1</translation>
        </message>
        <message>
            <source>Every scenario has its place</source>
            <translation>Jedes Szenario hat seinen Platz</translation>
        </message>
        <message>
            <source>They must sum to 100 %</source>
            <translation>Zusammen müssen sie 100 % ergeben</translation>
        </message>
        <message>
            <source>The splits sum to %1 %: make it 100 %.</source>
            <translation>Die Splits ergeben zusammen %1 %: Es müssen 100 % sein.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::StartPage</name>
        <message>
            <source>Teach vision-language models with text, and see what it changed.</source>
            <translation>Bild-Sprach-Modelle mit Text trainieren und sehen, was sich dadurch ändert.</translation>
        </message>
        <message>
            <source>Recent projects</source>
            <translation>Zuletzt verwendete Projekte</translation>
        </message>
        <message>
            <source>Or drop a project, a file of scenarios or a folder of pictures here.</source>
            <translation>Oder ein Projekt, eine Datei mit Szenarien oder einen Ordner mit Bildern hier ablegen.</translation>
        </message>
        <message>
            <source>A click or Enter opens the project</source>
            <translation>Ein Klick oder die Eingabetaste öffnet das Projekt</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::StatisticsPanel</name>
        <message>
            <source>Accuracy</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>By category</source>
            <translation>Nach Kategorie</translation>
        </message>
        <message>
            <source>Calibration</source>
            <translation>Kalibrierung</translation>
        </message>
        <message>
            <source>No probabilities here: recorded and generated answers don't say how sure they are.</source>
            <translation>Hier gibt es keine Wahrscheinlichkeiten: Aufgezeichnete und erzeugte Antworten sagen nicht, wie sicher sie sind.</translation>
        </message>
        <message>
            <source>Letters chosen</source>
            <translation>Gewählte Buchstaben</translation>
        </message>
        <message>
            <source>All pairs of cells</source>
            <translation>Alle Zellenpaare</translation>
        </message>
        <message>
            <source>All cells</source>
            <translation>Alle Zellen</translation>
        </message>
        <message>
            <source>Pairs</source>
            <translation>Paare</translation>
        </message>
        <message>
            <source>Category plot</source>
            <translation>Kategoriediagramm</translation>
        </message>
        <message>
            <source>Letters</source>
            <translation>Buchstaben</translation>
        </message>
        <message>
            <source>Cells</source>
            <translation>Zellen</translation>
        </message>
        <message>
            <source>Click a row to look at that pair</source>
            <translation>Auf eine Zeile klicken, um dieses Paar anzusehen</translation>
        </message>
        <message>
            <source>Double-click a row to list only that category</source>
            <translation>Auf eine Zeile doppelklicken, um nur diese Kategorie aufzulisten</translation>
        </message>
        <message>
            <source>Accuracy, 95 % interval, n = %1</source>
            <translation>Genauigkeit, 95-%-Intervall, n = %1</translation>
        </message>
        <message>
            <source>Dashed: published figures (arXiv 2503.16965 v1), not measured here. %1</source>
            <translation>Gestrichelt: veröffentlichte Werte (arXiv 2503.16965 v1), nicht hier gemessen. %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::StepCard</name>
        <message>
            <source>done</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>the next step</source>
            <translation>der nächste Schritt</translation>
        </message>
        <message>
            <source>begun</source>
            <translation>begonnen</translation>
        </message>
        <message>
            <source>an earlier step comes first</source>
            <translation>zuerst kommt ein früherer Schritt</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TextField</name>
        <message>
            <source>This field holds up to %1 characters.</source>
            <translation>Dieses Feld fasst höchstens %1 Zeichen.</translation>
        </message>
        <message>
            <source>The pasted text has %1 characters; this field holds up to %2. Long texts come in from a file, under Files.</source>
            <translation>Der eingefügte Text hat %1 Zeichen; dieses Feld fasst bis zu %2. Lange Texte kommen aus einer Datei, unter Dateien.</translation>
        </message>
        <message>
            <source>The clipboard gave no text, so nothing was pasted. Copy it again, or import long texts from a file, under Files.</source>
            <translation>Die Zwischenablage gab keinen Text her, daher wurde nichts eingefügt. Bitte erneut kopieren oder lange Texte aus einer Datei importieren, unter Dateien.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TokenLegend</name>
        <message>
            <source>read</source>
            <translation>gelesen</translation>
        </message>
        <message>
            <source>learned</source>
            <translation>gelernt</translation>
        </message>
        <message>
            <source>the letter</source>
            <translation>der Buchstabe</translation>
        </message>
        <message>
            <source>Marks: muted text is read, underlined text is learned, the boxed letter is the choice</source>
            <translation>Kennzeichnung: Blasser Text wird gelesen, unterstrichener gelernt, der umrahmte Buchstabe ist die Wahl</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TokenView</name>
        <message>
            <source>the letter of the choice, learned</source>
            <translation>der Buchstabe der Wahl, gelernt</translation>
        </message>
        <message>
            <source>learned</source>
            <translation>gelernt</translation>
        </message>
        <message>
            <source>read, not learned</source>
            <translation>gelesen, nicht gelernt</translation>
        </message>
        <message>
            <source>one token, %1</source>
            <translation>ein Token, %1</translation>
        </message>
        <message>
            <source>%1 tokens, %2</source>
            <translation>%1 Token, %2</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TrainForm</name>
        <message>
            <source>Model to train</source>
            <translation>Zu trainierendes Modell</translation>
        </message>
        <message>
            <source>&amp;Model</source>
            <translation>&amp;Modell</translation>
        </message>
        <message>
            <source>Dataset to train on</source>
            <translation>Datensatz für das Training</translation>
        </message>
        <message>
            <source>A frozen dataset: its train split is learned, its eval split held out.</source>
            <translation>Ein eingefrorener Datensatz: Sein Train-Split wird gelernt, sein Eval-Split zurückgehalten.</translation>
        </message>
        <message>
            <source>&amp;Dataset</source>
            <translation>&amp;Datensatz</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Voreinstellung</translation>
        </message>
        <message>
            <source>Where the settings start from. Choosing one sets all of them.</source>
            <translation>Wovon die Einstellungen ausgehen. Eine Auswahl setzt sie alle.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>Korrigiert</translation>
        </message>
        <message>
            <source>As published</source>
            <translation>Wie veröffentlicht</translation>
        </message>
        <message>
            <source>&amp;Preset</source>
            <translation>&amp;Voreinstellung</translation>
        </message>
        <message>
            <source>Settings that seldom need a change</source>
            <translation>Einstellungen, die selten zu ändern sind</translation>
        </message>
        <message>
            <source>Start from</source>
            <translation>Ausgehen von</translation>
        </message>
        <message>
            <source>Adapter to start from</source>
            <translation>Adapter, von dem ausgegangen wird</translation>
        </message>
        <message>
            <source>An adapter to go on with. Empty: a fresh one.</source>
            <translation>Ein Adapter, mit dem weitertrainiert wird. Leer: ein neuer.</translation>
        </message>
        <message>
            <source>What the paper's authors ran: loss on the whole sequence, 2e-5 falling linearly.</source>
            <translation>Womit die Autoren des Papers trainiert haben: Verlust auf der ganzen Sequenz, 2e-5 linear fallend.</translation>
        </message>
        <message>
            <source>Loss on the answer only, 1e-4 falling along a cosine.</source>
            <translation>Verlust nur auf der Antwort, 1e-4 fallend entlang eines Kosinus.</translation>
        </message>
        <message>
            <source>The number of steps decides. Empty it to go by epochs.</source>
            <translation>Die Zahl der Schritte entscheidet. Leeren, um nach Epochen zu gehen.</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>Weitere Einstellungen</translation>
        </message>
        <message numerus="yes">
            <source>More settings (%n changed)</source>
            <translation>
                <numerusform>Weitere Einstellungen (%n geändert)</numerusform>
                <numerusform>Weitere Einstellungen (%n geändert)</numerusform>
            </translation>
        </message>
        <message>
            <source>Choose a model first.</source>
            <translation>Zuerst ein Modell wählen.</translation>
        </message>
        <message>
            <source>The model's folder is being read.</source>
            <translation>Der Ordner des Modells wird gelesen.</translation>
        </message>
        <message>
            <source>There is no dataset yet: freeze one first.</source>
            <translation>Es gibt noch keinen Datensatz: zuerst einen einfrieren.</translation>
        </message>
        <message>
            <source>Choose a dataset first.</source>
            <translation>Zuerst einen Datensatz wählen.</translation>
        </message>
        <message>
            <source>No dataset yet. &lt;a href="freeze"&gt;Freeze one on the Scenarios page&lt;/a&gt;; it is a fixed list of scenarios to learn.</source>
            <translation>Noch kein Datensatz. &lt;a href="freeze"&gt;Auf der Seite „Szenarien“ einfrieren&lt;/a&gt;; er ist eine feste Liste zu lernender Szenarien.</translation>
        </message>
        <message>
            <source>There is no dataset "%1" any more: choose another.</source>
            <translation>Es gibt keinen Datensatz „%1“ mehr: einen anderen wählen.</translation>
        </message>
        <message>
            <source>%1 to train on, %2 held out</source>
            <translation>%1 zum Trainieren, %2 zurückgehalten</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TrainPage</name>
        <message>
            <source>New training</source>
            <translation>Neues Training</translation>
        </message>
        <message>
            <source>Trainings</source>
            <translation>Trainings</translation>
        </message>
        <message>
            <source>No project is open</source>
            <translation>Kein Projekt geöffnet</translation>
        </message>
        <message>
            <source>Here adapters are trained and their curves watched. Open or make a project first.</source>
            <translation>Hier werden Adapter trainiert und ihre Kurven verfolgt. Zuerst ein Projekt öffnen oder anlegen.</translation>
        </message>
        <message>
            <source>Start training</source>
            <translation>Training starten</translation>
        </message>
        <message>
            <source>Train an adapter with the settings of the form</source>
            <translation>Einen Adapter mit den Einstellungen des Formulars trainieren</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausieren</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Stop after this step and keep a checkpoint to go on from</source>
            <translation>Nach diesem Schritt stoppen und einen Checkpoint zum Fortsetzen behalten</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Go on from the newest checkpoint</source>
            <translation>Vom neuesten Checkpoint aus weitermachen</translation>
        </message>
        <message>
            <source>Save curves…</source>
            <translation>Kurven speichern…</translation>
        </message>
        <message>
            <source>All shown curves as PNG, PDF or SVG, or their points as CSV</source>
            <translation>Alle gezeigten Kurven als PNG, PDF oder SVG oder ihre Punkte als CSV</translation>
        </message>
        <message>
            <source>Nothing was trained yet</source>
            <translation>Noch nichts trainiert</translation>
        </message>
        <message>
            <source>A training's curves, its answers and what it changed stand here, while it runs and afterwards.</source>
            <translation>Hier stehen die Kurven eines Trainings, seine Antworten und was es geändert hat, während es läuft und danach.</translation>
        </message>
        <message>
            <source>There are no answers of this adapter yet: evaluate it first.</source>
            <translation>Es gibt noch keine Antworten dieses Adapters: zuerst auswerten.</translation>
        </message>
        <message>
            <source>The project is open for reading only: nothing can be trained.</source>
            <translation>Das Projekt ist nur zum Lesen geöffnet: Trainieren ist nicht möglich.</translation>
        </message>
        <message>
            <source>Train %1 on %2</source>
            <translation>%1 mit %2 trainieren</translation>
        </message>
        <message>
            <source>Resume training %1</source>
            <translation>Training %1 fortsetzen</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Let the training go on</source>
            <translation>Das Training weiterlaufen lassen</translation>
        </message>
        <message>
            <source>Hold the training after this step</source>
            <translation>Das Training nach diesem Schritt anhalten</translation>
        </message>
        <message>
            <source>Go to the form</source>
            <translation>Zum Formular</translation>
        </message>
        <message>
            <source>Trainings and their queue</source>
            <translation>Trainings und ihre Warteschlange</translation>
        </message>
        <message>
            <source>Go to the list of trainings</source>
            <translation>Zur Liste der Trainings</translation>
        </message>
        <message>
            <source>Untick all trainings</source>
            <translation>Alle Trainings abwählen</translation>
        </message>
        <message>
            <source>Show the chosen training's curves alone</source>
            <translation>Nur die Kurven des gewählten Trainings zeigen</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TrainingListModel</name>
        <message>
            <source>paused</source>
            <translation>pausiert</translation>
        </message>
        <message>
            <source>Tick a training to see its curves beside the chosen one's</source>
            <translation>Ein Training ankreuzen, um seine Kurven neben denen des gewählten zu sehen</translation>
        </message>
        <message>
            <source>Loss of the last step; while it runs, how far it is</source>
            <translation>Verlust des letzten Schritts; während es läuft, wie weit es ist</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>Created</source>
            <translation>Erstellt</translation>
        </message>
        <message>
            <source>paused, %1</source>
            <translation>angehalten, %1</translation>
        </message>
        <message>
            <source>running, %1</source>
            <translation>läuft, %1</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TrainingsPanel</name>
        <message>
            <source>Filter by name, note or tag</source>
            <translation>Nach Name, Notiz oder Schlagwort filtern</translation>
        </message>
        <message>
            <source>Filter trainings</source>
            <translation>Trainings filtern</translation>
        </message>
        <message>
            <source>Shows trainings whose name, note or tag has this text</source>
            <translation>Zeigt Trainings, deren Name, Notiz oder Schlagwort diesen Text enthält</translation>
        </message>
        <message>
            <source>Take all ticks away: only the chosen training's curves stay</source>
            <translation>Entfernt alle Kreuze: Nur die Kurven des gewählten Trainings bleiben</translation>
        </message>
        <message>
            <source>Untick all</source>
            <translation>Alle Kreuze entfernen</translation>
        </message>
        <message>
            <source>Trainings</source>
            <translation>Trainings</translation>
        </message>
        <message numerus="yes">
            <source>%n ticked</source>
            <translation>
                <numerusform>%n angekreuzt</numerusform>
                <numerusform>%n angekreuzt</numerusform>
            </translation>
        </message>
        <message>
            <source>The newest %1 are shown; filter to find older ones</source>
            <translation>Die neuesten %1 werden gezeigt; ältere mit dem Filter finden</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TransitionMatrix</name>
        <message>
            <source>%1: %2. </source>
            <translation>%1: %2. </translation>
        </message>
        <message>
            <source>both right</source>
            <translation>beide richtig</translation>
        </message>
        <message>
            <source>right → wrong</source>
            <translation>richtig → falsch</translation>
        </message>
        <message>
            <source>wrong → right</source>
            <translation>falsch → richtig</translation>
        </message>
        <message>
            <source>both wrong</source>
            <translation>beide falsch</translation>
        </message>
        <message>
            <source>wrong</source>
            <translation>falsch</translation>
        </message>
        <message>
            <source>right</source>
            <translation>richtig</translation>
        </message>
        <message>
            <source>%1: %2 of %3 items. From %4 to %5. Click to list only these.</source>
            <translation>%1: %2 von %3 Aufgaben. Von %4 zu %5. Klicken, um nur diese aufzulisten.</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TriageBar</name>
        <message>
            <source>%1 accepted, %2 rejected, %3 undecided</source>
            <translation>%1 angenommen, %2 abgelehnt, %3 unentschieden</translation>
        </message>
        <message>
            <source>Triage: %1</source>
            <translation>Sichtung: %1</translation>
        </message>
        <message>
            <source>Of what the filter shows, whatever its status: %1</source>
            <translation>Was der Filter zeigt, gleich welcher Status: %1</translation>
        </message>
        <message>
            <source>%1 accepted</source>
            <translation>%1 angenommen</translation>
        </message>
        <message>
            <source>%1 rejected</source>
            <translation>%1 abgelehnt</translation>
        </message>
        <message>
            <source>%1 to decide</source>
            <translation>%1 zu entscheiden</translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::WordDiff</name>
        <message>
            <source>Differences, word by word</source>
            <translation>Unterschiede, Wort für Wort</translation>
        </message>
        <message>
            <source>%1 (unchanged)</source>
            <translation>%1 (unverändert)</translation>
        </message>
        <message>
            <source>No difference.</source>
            <translation>Kein Unterschied.</translation>
        </message>
    </context>
</TS>
