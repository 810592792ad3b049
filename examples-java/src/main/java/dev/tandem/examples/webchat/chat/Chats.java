package dev.tandem.examples.webchat.chat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All conversations, as many as there may be. Whoever knows the id of one may read it: nobody can guess it. */
public final class Chats {
    private static final int ID_BYTES = 16;
    private static final Base64.Encoder LETTERS = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final Limits limits;

    /** The one that was quiet longest comes first. Guarded by this. */
    private final Map<String, Chat> chats = new LinkedHashMap<>(16, 0.75f, true);

    public Chats(Limits limits) {
        this.limits = limits;
    }

    /** A new one; nothing if there are as many as may be, and all of them busy. */
    public synchronized Optional<Chat> open() {
        if (chats.size() >= limits.chats() && !forgetOne()) return Optional.empty();
        Chat chat = new Chat(newId(), limits);
        chats.put(chat.id(), chat);
        return Optional.of(chat);
    }

    public synchronized Optional<Chat> find(String id) {
        return Optional.ofNullable(chats.get(id));
    }

    public void stopAll() {
        List<Chat> all;
        synchronized (this) {
            all = new ArrayList<>(chats.values());
        }
        all.forEach(Chat::stop);
    }

    private boolean forgetOne() {
        Iterator<Chat> each = chats.values().iterator();
        while (each.hasNext()) {
            if (each.next().isAnswering()) continue;
            each.remove();
            return true;
        }
        return false;
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return LETTERS.encodeToString(bytes);
    }
}
