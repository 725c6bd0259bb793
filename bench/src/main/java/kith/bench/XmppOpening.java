package kith.bench;

/// How an XMPP client signs in without an account and enters a room (RFC 6120, RFC 7395, XEP-0045).
final class XmppOpening implements MarkedTalk.Opening {
  private static final String OPEN =
      "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";

  private final String nick;
  private final String room;

  XmppOpening(String nick, String room) {
    this.nick = nick;
    this.room = room;
  }

  @Override
  public void begins(Peer peer) {
    peer.say(OPEN);
  }

  @Override
  public boolean isOpenAfter(Peer peer, String stanza) {
    if (stanza.contains("ANONYMOUS</mechanism>"))
      peer.say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
    else if (stanza.startsWith("<success")) peer.say(OPEN);
    else if (stanza.contains("urn:ietf:params:xml:ns:xmpp-bind") && stanza.contains("features"))
      peer.say(
          "<iq xmlns='jabber:client' type='set' id='b'>"
              + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
    else if (stanza.startsWith("<iq") && stanza.contains("<jid>")) enter(peer);
    else if (stanza.contains("<failure") || stanza.contains("type='error'"))
      throw new BenchFailure("ejabberd refused: " + stanza);
    // the subject is the last thing that whoever enters is told
    return stanza.contains("<subject");
  }

  private void enter(Peer peer) {
    peer.say(
        "<presence xmlns='jabber:client' to='%s/%s'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
            .formatted(room, nick));
  }

  @Override
  public void hears(Peer peer, String stanza) {}
}
