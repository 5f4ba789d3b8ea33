// Answers in each of the ways a bot can, as the input's mode says: for ./check medplum on a live server.
// Deploy it as a bot and set MEDPLUM_BOT_ID to the bot's id.
const HL7 = 'x-application/hl7-v2+er7';

function outcome(id, code, text) {
  return { resourceType: 'OperationOutcome', ...(id && { id }), issue: [{ severity: id === 'ok' ? 'information' : 'error', code, details: { text } }] };
}

exports.handler = async function (medplum, event) {
  const input = event.input;
  if (event.contentType === HL7) {
    const control = input.getSegment('MSH').getField(10).toString();
    if (control.startsWith('FAIL')) {
      throw new Error('bot rejects this message');
    }
    return control.startsWith('NONE') ? undefined : input.buildAck();
  }
  switch (input && input.mode) {
    case 'string':
      return 'plain text';
    case 'number':
      return 42;
    case 'boolean':
      return true;
    case 'array':
      return [1, 2];
    case 'null':
      return null;
    case 'undefined':
      return undefined;
    case 'resource':
      return { resourceType: 'Patient', name: [{ family: 'FromBot' }] };
    case 'throw':
      throw new Error('bot failed on purpose');
    case 'outcome-forbidden':
      return outcome('forbidden', 'forbidden', 'bot says no');
    case 'outcome-noid':
      return outcome(undefined, 'business-rule', 'bot business rule');
    case 'outcome-ok':
      return outcome('ok', 'informational', 'All OK');
    case 'read404':
      return medplum.readResource('Patient', '00000000-0000-4000-8000-000000000000');
    default:
      return { echoed: input, requester: event.requester, bot: event.bot };
  }
};
