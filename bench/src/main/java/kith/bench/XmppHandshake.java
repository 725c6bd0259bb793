package kith.bench;

/// An XMPP client that logs in anonymously and enters a room (RFC 6120, RFC 7395, XEP-0045).
final class XmppHandshake implements MarkedProtocol.Handshake {
  private static final String OPEN =
      "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";

  private final String nick;
  private final String room;

  XmppHandshake(String nick, String room) {
    this.nick = nick;
    this.room = room;
  }

  @Override
  public void start(LoadClient client) {
    client.sendText(OPEN);
  }

  @Override
  public boolean isOpenAfter(LoadClient client, String stanza) {
    if (stanza.contains("ANONYMOUS</mechanism>"))
      client.sendText("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
    else if (stanza.startsWith("<success")) client.sendText(OPEN);
    else if (stanza.contains("urn:ietf:params:xml:ns:xmpp-bind") && stanza.contains("features"))
      client.sendText(
          "<iq xmlns='jabber:client' type='set' id='b'>"
              + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
    else if (stanza.startsWith("<iq") && stanza.contains("<jid>")) enter(client);
    else if (stanza.contains("<failure") || stanza.contains("type='error'"))
      throw new BenchFailure("ejabberd refused: " + stanza);
    // the subject is the last stanza of entering a room
    return stanza.contains("<subject");
  }

  private void enter(LoadClient client) {
    client.sendText(
        "<presence xmlns='jabber:client' to='%s/%s'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
            .formatted(room, nick));
  }

  @Override
  public void onOther(LoadClient client, String stanza) {}
}
