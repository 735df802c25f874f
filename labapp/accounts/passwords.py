"""Passwords: how hard they are to guess, and what is kept of them."""

from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from zxcvbn import zxcvbn

from labapp.domain.errors import Conflict, mark

#: 19 MiB, two passes, one lane: OWASP's Password Storage Cheat Sheet (2023), argon2id.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
SHORTEST, LONGEST = 8, 200
#: Of zxcvbn's 0 to 4: 3 resists an offline attack on a slow hash (Wheeler, USENIX 2016).
_ENOUGH = 3
#: zxcvbn reads no more than this many characters.
_READ = 72
#: What people here would try first; zxcvbn's own lists are English.
_SPANISH = (
    "contraseña contrasena clave secreto secreta usuario entrar hola amor teamo mivida corazon "
    "familia mama papa hijo hija hermano hermana abuela amigo amiga bebe princesa reina dios "
    "jesus jesucristo cristo maria virgen bendicion feliz felicidad suerte panama panameño "
    "panamena chiriqui veraguas herrera colon darien cocle bocas lossantos comarca ngabe guna "
    "embera santiago david penonome chitre sanmartin sanmiguel bugaba aguadulce arraijan "
    "chorrera canal selecta roja tricolor marea beisbol futbol boxeo duran pollera tamborito "
    "carnaval saloma guarapo sancocho raspado arroz frijol platano coco agua acueducto camino "
    "escuela comunidad vecino vecina laboratorio innovacion ciudadana proyecto comite gobierno "
    "alcaldia junta comunal antai hilo elhilo enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo "
    "verano invierno perro gato caballo pajaro tortuga estrella luna cielo flores rosa mariposa "
    "azul verde negro blanco amarillo primero segundo uno dos tres cuatro cinco seis siete ocho"
).split()


def require_strong(password: str, known: Iterable[str | None] = ()) -> None:
    """Refuse a password that is easy to guess.

    Args:
        password: as typed.
        known: what a stranger knows of the person: name, username, mail.

    Raises:
        Conflict: with the sentence to show.
    """
    if len(password) < SHORTEST:
        raise Conflict(mark("That password is too short: use at least 8 characters."))
    if len(password) > LONGEST:
        raise Conflict(mark("That password is too long: up to 200 characters."))
    about = [word for text in known if text for word in (text, *text.split())]
    found = zxcvbn(password[:_READ], user_inputs=[*about, *_SPANISH])
    if found["score"] < _ENOUGH:
        raise Conflict(
            mark("That password is easy to guess. Use three or four words that do not go together.")
        )


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one kept. It takes as long when none is kept."""
    try:
        return _HASHER.verify(kept or _decoy(), password) and kept is not None
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def is_dated(kept: str) -> bool:
    """Tell whether what is kept was made with other settings than today's."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _decoy() -> str:
    """Return the hash compared when nobody has the name that was typed."""
    return _HASHER.hash("nobody signs in with this")
