<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
    <context>
        <name>plots</name>
        <message numerus="yes">
            <source>+ %n more</source>
            <translation>
                <numerusform>+ %n more</numerusform>
                <numerusform>+ %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::BenchmarkReportPanel</name>
        <message numerus="yes">
            <source>%Ln items</source>
            <translation>
                <numerusform>%Ln item</numerusform>
                <numerusform>%Ln items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln keys missing</source>
            <translation>
                <numerusform>%Ln key missing</numerusform>
                <numerusform>%Ln keys missing</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln of them read from elsewhere</source>
            <translation>
                <numerusform>%Ln of them read from elsewhere</numerusform>
                <numerusform>%Ln of them read from elsewhere</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln left out</source>
            <translation>
                <numerusform>%Ln left out</numerusform>
                <numerusform>%Ln left out</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln NaN</source>
            <translation>
                <numerusform>%Ln NaN</numerusform>
                <numerusform>%Ln NaN</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln issues</source>
            <translation>
                <numerusform>%Ln issue</numerusform>
                <numerusform>%Ln issues</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CellsPanel</name>
        <message numerus="yes">
            <source>Run %Ln cells</source>
            <translation>
                <numerusform>Run %Ln cell</numerusform>
                <numerusform>Run %Ln cells</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln evaluations were stopped before their end.</source>
            <translation>
                <numerusform>%Ln evaluation was stopped before its end.</numerusform>
                <numerusform>%Ln evaluations were stopped before their end.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::CurveOverlay</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::EvaluatePage</name>
        <message numerus="yes">
            <source>, %Ln issues</source>
            <translation>
                <numerusform>, %Ln issue</numerusform>
                <numerusform>, %Ln issues</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Benchmark (%Ln issues)</source>
            <translation>
                <numerusform>Benchmark (%Ln issue)</numerusform>
                <numerusform>Benchmark (%Ln issues)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::EvaluationListModel</name>
        <message numerus="yes">
            <source>Options in %Ln orders</source>
            <translation>
                <numerusform>Options in %Ln order</numerusform>
                <numerusform>Options in %Ln orders</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>First %Ln items</source>
            <translation>
                <numerusform>First %Ln item</numerusform>
                <numerusform>First %Ln items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln answers without a letter</source>
            <translation>
                <numerusform>%Ln answer without a letter</numerusform>
                <numerusform>%Ln answers without a letter</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::JobStrip</name>
        <message numerus="yes">
            <source>%n waiting</source>
            <translation>
                <numerusform>%n waiting</numerusform>
                <numerusform>%n waiting</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::MainWindow</name>
        <message numerus="yes">
            <source>Going on with what was stopped when the window closed (%n runs).</source>
            <translation>
                <numerusform>Going on with what was stopped when the window closed (%n run).</numerusform>
                <numerusform>Going on with what was stopped when the window closed (%n runs).</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The program ended while %n runs were going on. What they had is kept, and they can be resumed.</source>
            <translation>
                <numerusform>The program ended while %n run was going on. What it had is kept, and it can be resumed.</numerusform>
                <numerusform>The program ended while %n runs were going on. What they had is kept, and they can be resumed.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::ModelsPage</name>
        <message numerus="yes">
            <source>Looking… %Ln found</source>
            <translation>
                <numerusform>Looking… %Ln found</numerusform>
                <numerusform>Looking… %Ln found</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln found</source>
            <translation>
                <numerusform>%Ln found</numerusform>
                <numerusform>%Ln found</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::OverviewPage</name>
        <message numerus="yes">
            <source>%n have something to look at.</source>
            <translation>
                <numerusform>%n has something to look at.</numerusform>
                <numerusform>%n have something to look at.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more.</source>
            <translation>
                <numerusform>%n more.</numerusform>
                <numerusform>%n more.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>“%1”: %2 items, %3 pictures. %n cells measured.</source>
            <translation>
                <numerusform>“%1”: %2 items, %3 pictures. %n cell measured.</numerusform>
                <numerusform>“%1”: %2 items, %3 pictures. %n cells measured.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::PreferencesDialog</name>
        <message numerus="yes">
            <source>Of %n threads. With 0, jobs are fastest and the window may lag a little; jobs that run keep what they started with.</source>
            <translation>
                <numerusform>Of %n thread. With 0, jobs are fastest and the window may lag a little; jobs that run keep what they started with.</numerusform>
                <numerusform>Of %n threads. With 0, jobs are fastest and the window may lag a little; jobs that run keep what they started with.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RunDiff</name>
        <message numerus="yes">
            <source>%n runs beside each other</source>
            <translation>
                <numerusform>%n run</numerusform>
                <numerusform>%n runs beside each other</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RunTableModel</name>
        <message numerus="yes">
            <source>%n items</source>
            <translation>
                <numerusform>%n item</numerusform>
                <numerusform>%n items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>, %n overridden</source>
            <translation>
                <numerusform>, %n overridden</numerusform>
                <numerusform>, %n overridden</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::RunsPage</name>
        <message numerus="yes">
            <source>%n runs</source>
            <translation>
                <numerusform>%n run</numerusform>
                <numerusform>%n runs</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TrainForm</name>
        <message numerus="yes">
            <source>More settings (%n changed)</source>
            <translation>
                <numerusform>More settings (%n changed)</numerusform>
                <numerusform>More settings (%n changed)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>wordsight::ui::TrainingsPanel</name>
        <message numerus="yes">
            <source>%n ticked</source>
            <translation>
                <numerusform>%n ticked</numerusform>
                <numerusform>%n ticked</numerusform>
            </translation>
        </message>
    </context>
</TS>
