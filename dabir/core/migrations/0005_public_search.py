from django.db import migrations, models

from dabir.core.publicsearch.engines import MakeWords


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_search_entry'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicEntry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(unique=True, verbose_name='place in the results')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('owner', models.CharField(max_length=160, verbose_name='record')),
                ('code', models.CharField(blank=True, max_length=160, verbose_name='number or identifier, folded')),
                ('day', models.DateField(blank=True, null=True, verbose_name='day')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('shown', models.JSONField(verbose_name='what is shown')),
            ],
            options={
                'verbose_name': 'entry of the public search',
                'indexes': [
                    models.Index(fields=['kind', 'owner'], name='public_entry_owner'),
                    models.Index(fields=['code'], name='public_entry_code'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PublicTerm',
            fields=[
                ('term', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='word')),
            ],
            options={'verbose_name': 'word of the public search'},
        ),
        MakeWords(),
    ]
