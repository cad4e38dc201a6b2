#!/usr/bin/env python3
"""Writes a made-up log to standard output, the same for the same arguments: log.py MEBIBYTES ERRORS_IN_10000_LINES

The ordinary lines are of builds, web servers and applications; the errors are those of AWS clients in several forms, a few
dozen different ones that come again with other times and ids."""
import random
import sys

size, errors = int(sys.argv[1]) << 20, int(sys.argv[2])
made = random.Random(7)
WORDS = "alpha build cache client config delta deploy event fetch graph hash index job kernel lexer model node order parser query render schema store trace user value view worker".split()
ERRORS = [
    ("AccessDenied", "Access Denied", 403), ("NoSuchBucket", "The specified bucket does not exist", 404),
    ("ExpiredToken", "The provided token has expired.", 400), ("ThrottlingException", "Rate exceeded", 400),
    ("InvalidClientTokenId", "The security token included in the request is invalid.", 403), ("SlowDown", "Please reduce your request rate.", 503),
]
word = lambda: made.choice(WORDS)
number = lambda most=999: made.randint(0, most)
time = lambda: f"2024-05-{number(8) + 1:02}T{number(23):02}:{number(59):02}:{number(59):02}.{number(9999999):07}Z"
name = lambda count: "".join(made.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=count))
identity = lambda: "-".join(f"{made.getrandbits(4 * count):0{count}x}" for count in (8, 4, 4, 4, 12))


def ordinary():
    return made.choice([
        lambda: f"{time()} Collecting {word()}-{word()}=={number(9)}.{number(9)}.{number(20)}",
        lambda: f"{time()}     \x1b[32m✓\x1b[0m {word()} should {word()} the {word()} ({number(90)} ms)",
        lambda: f"2024-05-01 10:{number(59):02}:{number(59):02},{number():03} INFO [{word()}-{number(64)}] c.e.{word()}.Handler - {word()} for token={identity()} took {number()}ms",
        lambda: f'10.0.{number(255)}.{number(255)} - - [01/May/2024:10:00:{number(59):02} +0000] "GET /{word()}/{word()}?id={number()} HTTP/1.1" 200 {number(99999)} "-" "Mozilla/5.0"',
        lambda: f'{{"ts":"{time()}","level":"info","logger":"com.example.{word()}","msg":"{word()} {word()} completed","trace_id":"{made.getrandbits(128):032x}"}}',
        lambda: f"\tat com.example.{word()}.{word().title()}.{word()}({word().title()}.java:{number(900)})",
    ])()


def error():
    code, message, status = made.choice(ERRORS)
    return made.choice([
        lambda: f"{time()} An error occurred ({code}) when calling the {made.choice(['GetObject', 'ListBuckets'])} operation: {message}",
        lambda: f"{time()} operation error S3: PutObject, https response error StatusCode: {status}, RequestID: {name(16)}, HostID: {name(40)}=, api error {code}: {message}",
        lambda: f"com.amazonaws.services.s3.model.AmazonS3Exception: {message} (Service: Amazon S3; Status Code: {status}; Error Code: {code}; Request ID: {name(16)}; Proxy: null)\n\tat com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:{number(1999)})",
        lambda: f"{time()} {code}: {message}\n{time()} \tstatus code: {status}, request id: {identity()}",
        lambda: f"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>{name(16)}</RequestId></Error>",
        lambda: f"{time()} Unable to locate credentials. You can configure credentials by running \"aws configure\".",
    ])()


written = 0
while written < size:
    line = (error() if made.randrange(10_000) < errors else ordinary()) + "\n"
    written += sys.stdout.buffer.write(line.encode())
