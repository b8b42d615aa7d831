-- Only suspects and victims are people: what else the police counted are reports and the cases made of them.
UPDATE targets_figure SET unit = 'cases' WHERE series = 'police_task_force' AND label LIKE 'stage%' AND unit = 'persons';
UPDATE targets_figure SET unit = 'reports' WHERE series = 'police_task_force' AND unit = 'persons'
  AND (label LIKE 'police reports%' OR label LIKE 'modus%');
UPDATE targets_figure SET unit = 'cases' WHERE series = 'jakarta_trafficking_victims' AND unit = 'reports';
UPDATE targets_figure SET unit = 'hours' WHERE series = 'jakarta_job_fairs' AND unit = 'units' AND label LIKE 'lesson hours%';
UPDATE targets_figure SET unit = label WHERE series = 'jakarta_job_fairs' AND unit = 'units'
  AND label IN ('days', 'vacancies', 'seats');
