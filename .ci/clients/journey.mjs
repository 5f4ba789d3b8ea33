// The hub's main job, as a client does it: find a patient across two EHRs, read the chart, find a free time, book it,
// see it booked, fail to book it again, cancel it.
import assert from 'node:assert/strict';

const TOOLS = ['ehr_list', 'patient_search', 'patient_get', 'patient_summary', 'slot_search', 'appointment_list',
  'appointment_create', 'appointment_cancel', 'condition_list', 'allergy_list', 'medication_list', 'lab_list', 'vital_list',
  'document_search', 'document_get'];
const RESOURCES = ['hub://tool-guide', 'hub://errors', 'ehr://stmarys', 'ehr://lakeside'];

/**
 * @param client `{listTools(): Promise<string[]>, listResources(): Promise<string[]>, call(tool, args): Promise<{isError: boolean, answer: object}>}`
 * @param ehr the EHR to book in
 * @returns how many facts were checked
 */
export async function journey(client, ehr) {
  let facts = 0;
  const holds = (fact, words) => { assert.ok(fact, words); facts++; };
  const done = async (tool, args) => {
    const { isError, answer } = await client.call(tool, args);
    assert.ok(!isError, `${tool} failed: ${JSON.stringify(answer)}`);
    return answer;
  };

  const tools = await client.listTools();
  for (const tool of TOOLS) holds(tools.includes(tool), `${tool} is listed`);
  holds(tools.length === TOOLS.length, 'nothing else is listed');

  const resources = await client.listResources();
  for (const uri of RESOURCES) holds(resources.includes(uri), `${uri} is listed`);

  const people = await done('patient_search', { family: 'Okafor' });
  holds(['lakeside', 'stmarys'].every(name => people.sources.some(s => s.ehr === name && s.status === 'ok' && s.returned > 0)),
    'both EHRs are named and gave rows');
  holds(people.returned === people.items.length && people.items.length > 2, 'rows are counted');
  holds(people.warnings.some(w => w.includes('do not pick one')), 'the ambiguity is stated');

  const patient = people.items.find(p => p.patient.startsWith(`${ehr}/`)).patient;
  const chart = await done('patient_get', { patient });
  holds(chart.item.patient === patient && chart.source.ehr === ehr, 'the chart is the one asked for');

  const summary = await done('patient_summary', { patient });
  holds(summary.item.patient.patient === patient && !summary.item.missing, 'every section of the summary could be read');
  const labs = await done('lab_list', { patient, limit: 3 });
  holds(labs.returned > 0 && labs.items.every(row => row.ref.startsWith(`${ehr}/Observation/`)), 'there are results');
  const documents = await done('document_search', { patient });
  if (documents.returned > 0) {
    const document = await done('document_get', { document: documents.items[0].ref });
    holds(document.item.text.length > 0, 'a document has text');
  }

  const from = new Date(Date.now() + 24 * 3600e3).toISOString();
  const to = new Date(Date.now() + 10 * 24 * 3600e3).toISOString();
  const slots = await done('slot_search', { ehr, from, to, limit: 10 });
  holds(slots.items.length > 0, 'there are free times');

  // Another client may have been quicker: a taken slot is an answer too, and the next one is tried.
  let booked, slot;
  for (slot of slots.items) {
    const result = await client.call('appointment_create', { patient, slotRef: slot.slotRef, reason: 'Follow-up visit' });
    if (!result.isError) { booked = result.answer; break; }
    assert.equal(result.answer.error.code, 'CONFLICT');
  }
  holds(booked?.status === 'done' && booked.item.status === 'booked', 'the time is booked');
  const { appointment } = booked.item;

  const list = await done('appointment_list', { patient, from, limit: 100 });
  holds(list.items.some(a => a.appointment === appointment && a.status === 'booked'), 'the list shows it');

  const again = await client.call('appointment_create', { patient, slotRef: slot.slotRef });
  holds(again.isError && again.answer.error.code === 'CONFLICT', 'the same time cannot be booked twice');

  const cancelled = await done('appointment_cancel', { appointment, reason: 'Proof is done' });
  holds(cancelled.item.status === 'cancelled', 'it is cancelled');
  return facts;
}
